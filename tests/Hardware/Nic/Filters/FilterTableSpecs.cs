using CsCheck;
using Disguise.Hardware.Nic.Filters;
using Xunit;

namespace Disguise.Hardware.Tests.Nic.Filters;

public sealed class FilterTableSpecs
{
    // A small header space, so that random predicates overlap and random frames match.
    private static readonly Gen<PacketFields> SomeFields =
        from mac in Gen.ULong[1, 3]
        from vlan in Gen.OneOf(PacketFields.NoVlan, (ushort)5)
        from source in Gen.OneOf(0x0a000001u, 0x0a000002u, 0x0a010001u)
        from destination in Gen.OneOf(0x0a000001u, 0x0a000002u)
        from port in Gen.UShort[7, 9]
        from protocol in Gen.OneOf((byte)6, (byte)17)
        select PacketFields.Of(
            mac, mac + 1, vlan, 0x800, protocol, source, destination, port, 80);

    private static readonly Gen<FilterPredicate> SomePredicate =
        from fields in SomeFields
        from which in Gen.Int[0, 31]
        from prefix in Gen.OneOf(0, 8, 16, 32)
        select Predicate(fields, which, prefix);

    private static readonly Gen<(bool Insert, int Which, FilterPredicate Predicate)> SomeStep =
        Gen.Select(Gen.Frequency((3, true), (1, false)),
            Gen.Int[0, 1000], SomePredicate);

    [Fact]
    public void It_answers_like_a_linear_search_for_the_newest_match() =>
        Gen.Select(SomeStep.Array[1, 80], SomeFields.Array[1, 40], Gen.ULong).Sample(
            (steps, frames, seed) =>
            {
                var table = new FilterTable(60, seed);
                var model = new List<(FilterPredicate Predicate, int Filter)>();
                for (int step = 0; step < steps.Length; step++)
                {
                    Step(table, model, steps[step], step);
                    Assert.Equal(model.Count, table.Count);
                    Assert.Equal(
                        model.Select(entry => entry.Predicate.Mask).Distinct().Count(),
                        table.MaskCount);
                }

                foreach (PacketFields frame in frames)
                {
                    int expected = model.FindLastIndex(entry => entry.Predicate.Matches(frame));
                    bool found = table.TryClassify(frame, out int filter, out int target);
                    Assert.Equal(expected >= 0, found);
                    Assert.Equal(expected >= 0 ? model[expected].Filter : -1, filter);
                    Assert.Equal(expected >= 0 ? model[expected].Filter * 2 : -1, target);
                }
            });

    [Fact]
    public void Filters_that_come_and_go_by_the_thousand_leave_no_trace() =>
        Gen.Select(Gen.ULong, Gen.UShort[1, 300].Array[2000]).Sample(
            (seed, ports) =>
            {
                // A port asked for is removed, and in most cases installed anew.
                var table = new FilterTable(1000, seed);
                var installed = new SortedSet<ushort>();
                foreach (ushort port in ports)
                {
                    FilterPredicate predicate = port % 3 == 0
                        ? Port(port) : Port(port).WithProtocol(17);
                    Assert.Equal(installed.Remove(port), table.Remove(predicate, port));
                    if (port % 5 != 0 || installed.Count < 40)
                    {
                        table.Insert(predicate, port, port);
                        installed.Add(port);
                    }
                }

                Assert.Equal(installed.Count, table.Count);
                for (ushort port = 1; port <= 300; port++)
                {
                    int expected = installed.Contains(port) ? port : FilterTable.NoTarget;
                    Assert.Equal(expected, table.Classify(To(port)));
                }

                foreach (ushort port in installed)
                {
                    Assert.True(table.Remove(
                        port % 3 == 0 ? Port(port) : Port(port).WithProtocol(17), port));
                }

                Assert.Equal((0, 0), (table.Count, table.MaskCount));
            });

    [Fact]
    public void The_seed_changes_no_answer() =>
        Gen.Select(SomePredicate.Array[1, 60], SomeFields.Array[1, 40]).Sample(
            (predicates, frames) =>
            {
                var one = new FilterTable(100, 1);
                var other = new FilterTable(100, 0xfeedfacecafebeef);
                for (int filter = 0; filter < predicates.Length; filter++)
                {
                    one.Insert(predicates[filter], filter, filter);
                    other.Insert(predicates[filter], filter, filter);
                }

                Assert.All(frames, frame =>
                    Assert.Equal(one.Classify(frame), other.Classify(frame)));
            });

    [Fact]
    public void A_full_table_refuses_and_keeps_what_it_has()
    {
        var table = new FilterTable(2, 7);
        Assert.Equal(FilterTableResult.Inserted, table.Insert(Port(1), 1, 1));
        Assert.Equal(FilterTableResult.Inserted, table.Insert(Port(2), 2, 2));
        Assert.Equal(FilterTableResult.TableFull, table.Insert(Port(3), 3, 3));
        Assert.Equal(FilterTableResult.AlreadyThere, table.Insert(Port(2), 2, 9));
        Assert.Equal(2, table.Classify(To(2)));
        Assert.Equal(FilterTable.NoTarget, table.Classify(To(3)));
    }

    [Fact]
    public void The_thirty_third_mask_is_refused_until_another_one_goes()
    {
        var table = new FilterTable(100, 7);
        for (int length = 1; length <= FilterTable.MaskLimit; length++)
        {
            Assert.Equal(FilterTableResult.Inserted, table.Insert(Prefix(length), length, 0));
        }

        Assert.Equal(FilterTableResult.TooManyMasks, table.Insert(Port(7), 99, 0));
        Assert.True(table.Remove(Prefix(9), 9));
        Assert.False(table.Remove(Prefix(9), 9));
        Assert.Equal(FilterTableResult.Inserted, table.Insert(Port(7), 99, 0));
    }

    [Fact]
    public void Where_two_overlap_the_one_installed_last_has_the_frame()
    {
        var table = new FilterTable(10, 7);
        table.Insert(Port(7), 1, 10);
        table.Insert(FilterPredicate.Everything, 2, 20);
        Assert.Equal(20, table.Classify(To(7)));
        table.Remove(FilterPredicate.Everything, 2);
        Assert.Equal(10, table.Classify(To(7)));
        table.Insert(Port(7), 3, 30);
        Assert.Equal(30, table.Classify(To(7)));
    }

    [Fact]
    public void Ten_thousand_filters_are_told_apart_and_classifying_allocates_nothing()
    {
        var table = new FilterTable(10_000, 7);
        for (int filter = 0; filter < 10_000; filter++)
        {
            table.Insert(Port((ushort)(filter + 1)), filter, filter);
        }

        int wrong = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int filter = 0; filter < 10_000; filter++)
        {
            wrong += table.Classify(To((ushort)(filter + 1))) == filter ? 0 : 1;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, wrong);
    }

    private static void Step(
        FilterTable table,
        List<(FilterPredicate Predicate, int Filter)> model,
        (bool Insert, int Which, FilterPredicate Predicate) step,
        int number)
    {
        if (step.Insert || model.Count == 0)
        {
            FilterTableResult result = table.Insert(step.Predicate, number, number * 2);
            int masks = model.Select(entry => entry.Predicate.Mask).Distinct().Count();
            bool newMask = model.TrueForAll(entry => entry.Predicate.Mask != step.Predicate.Mask);
            FilterTableResult expected = model.Count == table.Capacity
                ? FilterTableResult.TableFull
                : masks == FilterTable.MaskLimit && newMask
                    ? FilterTableResult.TooManyMasks
                    : FilterTableResult.Inserted;
            Assert.Equal(expected, result);
            if (result == FilterTableResult.Inserted)
            {
                model.Add((step.Predicate, number));
            }
        }
        else
        {
            (FilterPredicate predicate, int filter) = model[step.Which % model.Count];
            Assert.True(table.Remove(predicate, filter));
            model.RemoveAt(step.Which % model.Count);
        }
    }

    private static FilterPredicate Predicate(in PacketFields fields, int which, int prefix)
    {
        FilterPredicate predicate = FilterPredicate.Everything
            .WithSourceIp(fields.SourceIp, prefix);
        predicate = (which & 1) == 0
            ? predicate : predicate.WithDestinationMac(fields.DestinationMac);
        predicate = (which & 2) == 0 ? predicate : predicate.WithVlan(fields.Vlan);
        predicate = (which & 4) == 0 ? predicate : predicate.WithProtocol(fields.Protocol);
        predicate = (which & 8) == 0 ? predicate : predicate.WithSourcePort(fields.SourcePort);
        return (which & 16) == 0
            ? predicate : predicate.WithDestinationIp(fields.DestinationIp);
    }

    private static FilterPredicate Port(ushort port) =>
        FilterPredicate.Everything.WithDestinationPort(port);

    private static FilterPredicate Prefix(int length) =>
        FilterPredicate.Everything.WithSourceIp(0x0a000000, length);

    private static PacketFields To(ushort port) =>
        PacketFields.Of(1, 2, PacketFields.NoVlan, 0x800, 17, 0xc0a80001, 0x0a000001, 9, port);
}
