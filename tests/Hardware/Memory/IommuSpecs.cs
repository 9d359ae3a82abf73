using CsCheck;
using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Hardware.PciExpress;
using Xunit;

namespace Disguise.Hardware.Tests.Memory;

public class IommuSpecs
{
    private static readonly FunctionId Virtual0 = FunctionId.Of(3, 16, 0);
    private static readonly FunctionId Virtual1 = FunctionId.Of(3, 16, 2);

    private readonly MemoryScene scene = new(256L << 20);
    private readonly IommuTables tables;
    private readonly Iommu iommu;

    public IommuSpecs()
    {
        tables = IommuTables.Create(scene.Memory, scene.TableFrames)!;
        iommu = new Iommu(scene.Memory, tables.RootAddress, Guards.All, faultLogCapacity: 4);
    }

    [Fact]
    public void The_mmu_and_a_device_share_one_page_table()
    {
        var table = Attach(Virtual0, 1);
        var frame = scene.MapFresh(table, 0x5000);
        var mmu = scene.NewMmu(new AddressSpace(scene.Memory, new(1), table.RootAddress));

        Assert.True(iommu.DmaWriteUInt64(Virtual0, 0x5008, 99).IsDone);

        Assert.True(mmu.TryReadUInt64(0x5008, out var seen, out _));
        Assert.Equal(99UL, seen);
        Assert.Equal(99UL, scene.Memory.ReadUInt64(frame + 8));
        table.TryWalk(0x5000, out var mapping);
        Assert.True(mapping.IsAccessed && mapping.IsDirty);
    }

    [Fact]
    public void What_it_has_cached_and_where_its_tables_lead_is_read_without_a_trace()
    {
        var table = Attach(Virtual0, 1);
        var frame = scene.MapFresh(table, 0x5000);
        Assert.Empty(iommu.Cached);
        iommu.DmaWriteUInt64(Virtual0, 0x5008, 99);
        var references = iommu.WalkReferences;

        var cached = Assert.Single(iommu.Cached);
        var isThere = iommu.TryReadTables(Virtual0, out var domain, out var root, out _);

        Assert.Equal((new DomainId(1), 0x5000UL, frame),
            (cached.Domain, cached.Address, cached.PhysicalAddress));
        Assert.Equal((true, new DomainId(1), table.RootAddress), (isThere, domain, root));
        Assert.False(iommu.TryReadTables(Virtual1, out _, out _, out _));
        Assert.Equal(references, iommu.WalkReferences);
    }

    [Fact]
    public void A_dma_outside_a_mapping_moves_no_byte()
    {
        var sink = new Sink();
        iommu.FaultSink = sink;
        var table = Attach(Virtual0, 1);
        var frame = scene.MapFresh(table, 0x5000);
        var before = scene.Memory.TouchedBytes;
        var bytes = new byte[200];
        bytes.AsSpan().Fill(0xAA);

        var write = iommu.DmaWrite(Virtual0, 0x5FF0, bytes);
        var read = iommu.DmaRead(Virtual0, 0x5FF0, bytes);

        Assert.Equal(DmaFaultReason.NotPresent, write.Reason);
        Assert.Equal(DmaFaultReason.NotPresent, read.Reason);
        Assert.Equal(0UL, scene.Memory.ReadUInt64(frame + 0xFF0));
        Assert.Equal(before, scene.Memory.TouchedBytes);
        Assert.All(bytes, value => Assert.Equal(0xAA, value));
        Assert.Equal(
            [
                new IommuFault(Virtual0, 0x6000, Access.Write, DmaFaultReason.NotPresent),
                new IommuFault(Virtual0, 0x6000, Access.Read, DmaFaultReason.NotPresent),
            ],
            sink.Faults);
        Assert.True(iommu.Faults.TryTake(out var first));
        Assert.Equal(sink.Faults[0], first);
    }

    [Fact]
    public void Without_the_iommu_the_same_dma_reaches_another_tenants_memory()
    {
        var secret = scene.NewFrame();
        scene.Memory.WriteUInt64(secret, 0x5EC2E7);
        Attach(Virtual0, 1);
        var open = new Iommu(
            scene.Memory, tables.RootAddress, Guards.AllBut(MemoryGuards.Iommu));

        var refused = iommu.DmaReadUInt64(Virtual0, (ulong)secret, out var nothing);
        var stolen = open.DmaReadUInt64(Virtual0, (ulong)secret, out var value);

        Assert.Equal((DmaFaultReason.NotPresent, 0UL), (refused.Reason, nothing));
        Assert.Equal((true, 0x5EC2E7UL), (stolen.IsDone, value));
        Assert.Equal(
            DmaFaultReason.AddressOutOfRange,
            open.DmaReadUInt64(Virtual0, (ulong)scene.Memory.SizeBytes, out _).Reason);
    }

    [Fact]
    public void Functions_see_their_own_domain_only()
    {
        scene.Memory.WriteUInt64(scene.MapFresh(Attach(Virtual0, 1), 0x5000), 10);
        scene.Memory.WriteUInt64(scene.MapFresh(Attach(Virtual1, 2), 0x5000), 20);

        iommu.DmaReadUInt64(Virtual0, 0x5000, out var first);
        iommu.DmaReadUInt64(Virtual1, 0x5000, out var second);
        var stranger = iommu.DmaReadUInt64(FunctionId.Of(4, 0, 0), 0x5000, out _);

        Assert.Equal((10UL, 20UL), (first, second));
        Assert.Equal(DmaFaultReason.NoContext, stranger.Reason);
    }

    [Theory]
    [InlineData(PageRights.None, false, DmaFaultReason.NotReadable)]
    [InlineData(PageRights.Writable, true, DmaFaultReason.NotWritable)]
    [InlineData(PageRights.User, true, DmaFaultReason.NotWritable)]
    [InlineData(PageRights.User, false, DmaFaultReason.None)]
    public void Rights_hold_for_devices(PageRights rights, bool isWrite, DmaFaultReason expected)
    {
        scene.MapFresh(Attach(Virtual0, 1), 0x5000, rights);

        var result = isWrite
            ? iommu.DmaWriteUInt64(Virtual0, 0x5000, 1)
            : iommu.DmaReadUInt64(Virtual0, 0x5000, out _);

        Assert.Equal(expected, result.Reason);
    }

    [Theory]
    [InlineData(0x0000_8000_0000_0000UL)]
    [InlineData(ulong.MaxValue - 3)]
    [InlineData(0x7000UL)]
    public void Addresses_that_lead_nowhere_are_out_of_range(ulong address)
    {
        Attach(Virtual0, 1).Map(0x7000, MemoryScene.MmioFirstAddress, MemoryScene.UserData);

        var result = iommu.DmaWriteUInt64(Virtual0, address, 1);

        Assert.Equal(DmaFaultReason.AddressOutOfRange, result.Reason);
    }

    [Fact]
    public void A_withdrawn_page_stays_reachable_until_it_is_invalidated()
    {
        var table = Attach(Virtual0, 1);
        var frame = scene.MapFresh(table, 0x5000);
        iommu.DmaWriteUInt64(Virtual0, 0x5000, 1);
        table.Unmap(0x5000);

        Assert.True(iommu.DmaWriteUInt64(Virtual0, 0x5000, 2).IsDone);
        Assert.Equal(2UL, scene.Memory.ReadUInt64(frame));
        iommu.InvalidatePages(new DomainId(1), 0x5000);

        var result = iommu.DmaWriteUInt64(Virtual0, 0x5000, 3);
        Assert.Equal(DmaFaultReason.NotPresent, result.Reason);
        Assert.Equal(2UL, scene.Memory.ReadUInt64(frame));
    }

    [Fact]
    public void A_detached_function_keeps_its_cached_context_until_it_is_invalidated()
    {
        scene.MapFresh(Attach(Virtual0, 1), 0x5000);
        iommu.DmaWriteUInt64(Virtual0, 0x5000, 1);

        Assert.True(tables.Detach(Virtual0));
        Assert.False(tables.Detach(Virtual0));
        Assert.True(iommu.DmaWriteUInt64(Virtual0, 0x5000, 2).IsDone);
        iommu.InvalidateContext(Virtual0);

        Assert.Equal(
            DmaFaultReason.NoContext, iommu.DmaWriteUInt64(Virtual0, 0x5000, 3).Reason);
    }

    [Fact]
    public void A_cleared_domain_is_unreachable_after_its_invalidation()
    {
        scene.MapFresh(Attach(Virtual0, 1), 0x5000);
        scene.MapFresh(Attach(Virtual1, 2), 0x5000);
        iommu.DmaWriteUInt64(Virtual0, 0x5000, 1);
        Assert.True(tables.ClearDomain(new DomainId(1)));

        iommu.InvalidateDomain(new DomainId(1));

        Assert.Equal(
            DmaFaultReason.NoContext, iommu.DmaWriteUInt64(Virtual0, 0x5000, 2).Reason);
        Assert.True(iommu.DmaWriteUInt64(Virtual1, 0x5000, 2).IsDone);
    }

    [Fact]
    public void A_full_fault_log_counts_and_tells_nobody()
    {
        var sink = new Sink();
        iommu.FaultSink = sink;
        for (var count = 0; count < 10; count++) iommu.DmaWriteUInt64(Virtual0, 0, 1);

        Assert.Equal(4, sink.Faults.Count);
        Assert.Equal(
            (4, 10L, 6L),
            (iommu.Faults.Count, iommu.Faults.TotalCount, iommu.Faults.OverflowCount));
        iommu.Faults.TryTake(out _);
        iommu.DmaWriteUInt64(Virtual0, 0, 1);
        Assert.Equal(5, sink.Faults.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_second_stage_translates_alone_or_under_a_first(bool isNested)
    {
        var (first, second, host) = scene.NewNested(16);
        first.Map(0x8000, Frame.AddressOf(9), MemoryScene.UserData);
        tables.SetDomain(
            new DomainId(7),
            isNested ? first.RootAddress : AddressSpace.NoSecondStage,
            second.RootAddress);
        tables.Attach(Virtual0, new DomainId(7));

        var result = iommu.DmaWriteUInt64(Virtual0, isNested ? 0x8010UL : 0x9010UL, 5);

        Assert.True(result.IsDone);
        Assert.Equal(5UL, scene.Memory.ReadUInt64(host[9] + 0x10));
        Assert.False(iommu.DmaWriteUInt64(Virtual0, 0x10_0000, 5).IsDone);
    }

    [Fact]
    public void Thousands_of_functions_have_domains_of_their_own()
    {
        const int Count = 4096;
        for (var index = 0; index < Count; index++)
        {
            var table = Attach(new FunctionId((ushort)(0x380 + index)), (ushort)(index + 1));
            scene.Memory.WriteUInt64(scene.MapFresh(table, 0x5000), (ulong)index);
        }
        for (var round = 0; round < 2; round++)
        {
            for (var index = 0; index < Count; index++)
            {
                var function = new FunctionId((ushort)(0x380 + index));
                Assert.True(iommu.DmaReadUInt64(function, 0x5000, out var value).IsDone);
                Assert.Equal((ulong)index, value);
            }
        }
        Assert.InRange(iommu.IotlbHits, 1, Count);
    }

    [Fact]
    public void A_dma_moves_every_byte_or_none_wherever_it_crosses_pages()
    {
        var rights = Gen.Int[0, 3].Array[6];
        var dma = Gen.Select(Gen.Int[0, 6 * 4096], Gen.Int[0, 3 * 4096], Gen.Bool);
        Gen.Select(rights, dma.Array[1, 20]).Sample(
            (pages, dmas) =>
            {
                var here = new IommuSpecs();
                var table = here.Attach(Virtual0, 1);
                var model = new byte[6 * 4096];
                var physical = new long[6];
                for (var page = 0; page < 6; page++)
                {
                    // 0 absent, 1 the supervisor's, 2 readable, 3 writable
                    var user = pages[page] == 1 ? PageRights.None : PageRights.User;
                    var write = pages[page] == 3 ? PageRights.Writable : PageRights.None;
                    if (pages[page] == 0) continue;
                    physical[page] = here.scene.MapFresh(table, (ulong)page << 12, user | write);
                }
                byte stamp = 0;
                foreach (var (at, length, isWrite) in dmas)
                {
                    here.Check(pages, physical, model, at, length, isWrite, ++stamp);
                }
            },
            iter: 300);
    }

    private void Check(
        int[] pages, long[] physical, byte[] model, int at, int length, bool isWrite, byte stamp)
    {
        var needed = isWrite ? 3 : 2;
        var isAllowed = length == 0 || (at + length <= model.Length && Enumerable
            .Range(at >> 12, ((at + length - 1) >> 12) - (at >> 12) + 1)
            .All(page => pages[page] >= needed));
        var bytes = new byte[length];
        bytes.AsSpan().Fill(stamp);
        var result = isWrite
            ? iommu.DmaWrite(Virtual0, (ulong)at, bytes)
            : iommu.DmaRead(Virtual0, (ulong)at, bytes);
        Assert.Equal(isAllowed, result.IsDone);
        if (isAllowed && isWrite) bytes.CopyTo(model, at);
        if (!isWrite)
        {
            var expected = new byte[length];
            expected.AsSpan().Fill(stamp);
            if (isAllowed) model.AsSpan(at, length).CopyTo(expected);
            Assert.Equal(expected, bytes);
        }
        var page4 = new byte[4096];
        for (var page = 0; page < pages.Length; page++)
        {
            if (pages[page] == 0) continue;
            scene.Memory.Read(physical[page], page4);
            Assert.True(page4.AsSpan().SequenceEqual(model.AsSpan(page * 4096, 4096)));
        }
    }

    private PageTable Attach(FunctionId function, ushort domain)
    {
        var table = scene.NewTable();
        Assert.True(tables.SetDomain(new DomainId(domain), table.RootAddress));
        Assert.True(tables.Attach(function, new DomainId(domain)));
        return table;
    }

    private sealed class Sink : IIommuFaultSink
    {
        public List<IommuFault> Faults { get; } = [];

        public void Faulted(in IommuFault fault) => Faults.Add(fault);
    }
}
