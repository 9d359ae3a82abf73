using CsCheck;
using Disguise.Hardware.Memory;
using Xunit;

namespace Disguise.Hardware.Tests.Memory;

public class TlbSpecs
{
    private const ulong Usable = PageTableEntry.Present | PageTableEntry.Writable
        | PageTableEntry.User | PageTableEntry.Dirty;

    private static readonly AddressSpaceId One = new(1);
    private static readonly AddressSpaceId Two = new(2);

    [Fact]
    public void The_least_recently_used_entry_of_a_full_set_makes_room()
    {
        var tlb = new Tlb(8, 2);
        tlb.Insert(One, 0x0000, Usable);
        tlb.Insert(One, 0x4000, Usable);
        Assert.True(tlb.TryLookup(One, 0x0000, Access.Read, out _));

        tlb.Insert(One, 0x8000, Usable);

        Assert.True(tlb.TryLookup(One, 0x0000, Access.Read, out _));
        Assert.False(tlb.TryLookup(One, 0x4000, Access.Read, out _));
        Assert.True(tlb.TryLookup(One, 0x8000, Access.Read, out _));
        Assert.Equal((3L, 1L), (tlb.Hits, tlb.Misses));
        Assert.Equal(2, tlb.Count);
    }

    [Fact]
    public void Flushing_a_page_of_a_large_page_forgets_all_of_its_pieces()
    {
        var tlb = new Tlb(64, 4);
        tlb.Insert(One, 0x20_0000, Usable | PageTableEntry.Large);
        tlb.Insert(One, 0x20_1000, Usable | PageTableEntry.Large);
        tlb.Insert(One, 0x40_0000, Usable | PageTableEntry.Large);
        tlb.Insert(Two, 0x20_1000, Usable | PageTableEntry.Large);

        tlb.FlushPage(One, 0x3F_F000);

        Assert.False(tlb.TryLookup(One, 0x20_0000, Access.Read, out _));
        Assert.False(tlb.TryLookup(One, 0x20_1000, Access.Read, out _));
        Assert.True(tlb.TryLookup(One, 0x40_0000, Access.Read, out _));
        Assert.True(tlb.TryLookup(Two, 0x20_1000, Access.Read, out _));
    }

    [Theory]
    [InlineData(0x5000)]
    [InlineData(0x7FFF_FFFF_F000)]
    [InlineData(0xFFFF_8000_0000_3000)]
    public void What_it_holds_is_listed_and_listing_counts_as_no_use(ulong address)
    {
        var tlb = new Tlb(8, 2);
        tlb.Insert(Two, address, Usable | 0x9000);
        tlb.Insert(One, address, Usable | 0xA000);
        tlb.FlushAddressSpace(One);

        var entry = Assert.Single(tlb.Entries);

        Assert.Equal((Two, address), (entry.Id, entry.VirtualAddress));
        Assert.Equal(0x9000, entry.PhysicalAddress);
        Assert.Equal((0L, 0L), (tlb.Hits, tlb.Misses));
    }

    [Fact]
    public void An_idle_one_costs_less_than_two_hundred_bytes()
    {
        var kept = new Tlb[1000];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < kept.Length; index++) kept[index] = new Tlb(512, 4);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / kept.Length;

        Assert.InRange(each, 1, 200);
        Assert.Equal(0, kept[999].Count);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(4, 4)]
    [InlineData(6, 3)]
    public void A_small_buffer_holds_as_many_as_it_has_entries(int capacity, int ways)
    {
        var tlb = new Tlb(capacity, ways);

        for (ulong page = 0; page < 100; page++) tlb.Insert(One, page << 12, Usable);

        Assert.Equal(capacity, tlb.Count);
        Assert.True(tlb.TryLookup(One, 99UL << 12, Access.Read, out _));
        Assert.False(tlb.TryLookup(One, 0, Access.Read, out _));
    }

    [Fact]
    public void A_wired_entry_outlasts_any_number_of_insertions()
    {
        var tlb = new Tlb(64, 64, TlbModel.WiredEntries);
        tlb.InsertWired(0, One, 0x7000_0000, Usable);
        tlb.Insert(One, 0x7000_1000, Usable);

        for (ulong page = 0; page < 1_000; page++) tlb.Insert(Two, page << 12, Usable);

        Assert.True(tlb.TryLookup(One, 0x7000_0000, Access.Write, out _));
        Assert.False(tlb.TryLookup(One, 0x7000_1000, Access.Read, out _));
        Assert.Equal(64 - TlbModel.WiredEntries + 1, tlb.Count);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => tlb.InsertWired(TlbModel.WiredEntries, One, 0, Usable));
    }

    [Fact]
    public void The_random_register_replaces_in_the_same_way_in_each_run()
    {
        Assert.Equal(Survivors(), Survivors());

        // Which of the first pages are left after a second row of pages, with misses between.
        static List<ulong> Survivors()
        {
            var tlb = new Tlb(64, 64, TlbModel.WiredEntries);
            for (ulong page = 0; page < 40; page++) tlb.Insert(One, page << 12, Usable);
            for (ulong page = 100; page < 120; page++)
            {
                tlb.TryLookup(Two, 0, Access.Read, out _);
                tlb.Insert(One, page << 12, Usable);
            }
            return [.. Enumerable.Range(0, 40).Select(page => (ulong)page)
                .Where(page => tlb.TryProbe(One, page << 12, out _))];
        }
    }

    [Fact]
    public void Any_sequence_with_random_replacement_holds_only_what_was_entered()
    {
        var operation = Gen.Select(
            Gen.Int[0, 5], Gen.Int[1, 2], Gen.Int[0, 200], Gen.Int[1, 1000]);
        operation.Array[1, 400].Sample(
            operations =>
            {
                var tlb = new Tlb(16, 16, 4);
                var entered = new Dictionary<(int, int), ulong>();
                foreach (var (kind, id, page, frame) in operations)
                {
                    var (space, at) = (new AddressSpaceId((ushort)id), (ulong)page << 12);
                    var entry = Usable | ((ulong)frame << 12);
                    switch (kind)
                    {
                        case 0:
                            tlb.FlushPage(space, at);
                            entered.Remove((id, page));
                            break;
                        case 1:
                            tlb.InsertWired(page % 4, space, at, entry);
                            entered[(id, page)] = entry;
                            Assert.True(tlb.TryProbe(space, at, out _));
                            break;
                        case 2 or 3:
                            tlb.Insert(space, at, entry);
                            entered[(id, page)] = entry;
                            Assert.True(tlb.TryProbe(space, at, out _));
                            break;
                        default:
                            if (tlb.TryLookup(space, at, Access.Write, out var found))
                                Assert.Equal(entered[(id, page)], found);
                            break;
                    }
                    Assert.InRange(tlb.Count, 0, 16);
                }
            },
            iter: 2000);
    }

    [Theory]
    [InlineData(12, 4)]
    [InlineData(10, 4)]
    public void Sets_are_a_power_of_two(int capacity, int ways) =>
        Assert.Throws<ArgumentException>(() => new Tlb(capacity, ways));

    [Fact]
    public void Any_sequence_agrees_with_lists_in_order_of_use()
    {
        var operation = Gen.Select(
            Gen.Int[0, 9], Gen.Int[1, 3], Gen.Int[0, 40], Gen.Int[1, 1000], Gen.Int[0, 3]);
        operation.Array[1, 400].Sample(
            operations =>
            {
                var tlb = new Tlb(16, 4);
                var model = new Model(sets: 4, ways: 4);
                foreach (var (kind, id, page, frame, flags) in operations)
                {
                    Apply(tlb, model, kind, new AddressSpaceId((ushort)id), page, frame, flags);
                    Assert.Equal(model.Count, tlb.Count);
                }
            },
            iter: 2000);
    }

    private static void Apply(
        Tlb tlb, Model model, int kind, AddressSpaceId id, int page, int frame, int flags)
    {
        // Pages 40 and up lie in other large pages.
        var at = (ulong)(page < 30 ? page : page * 500) << 12;
        var large = flags == 0 ? PageTableEntry.Large : 0;
        switch (kind)
        {
            case <= 3:
                var entry = Usable | large | ((ulong)frame << 12);
                tlb.Insert(id, at, entry);
                model.Insert(id, at, entry);
                break;
            case <= 7:
                Assert.Equal(
                    model.Lookup(id, at), tlb.TryLookup(id, at, Access.Read, out var e) ? e : 0);
                break;
            case 8 when flags == 1:
                tlb.FlushAddressSpace(id);
                model.Remove(other => other.Id == id);
                break;
            case 8 when flags == 2:
                tlb.FlushAll();
                model.Remove(_ => true);
                break;
            default:
                tlb.FlushPage(id, at);
                model.Remove(other => other.Id == id && (other.At == at
                    || (other.At >> 21 == at >> 21
                        && (other.Entry & PageTableEntry.Large) != 0)));
                break;
        }
    }

    private sealed class Model(int sets, int ways)
    {
        private readonly List<(AddressSpaceId Id, ulong At, ulong Entry)>[] lists =
            [.. Enumerable.Range(0, sets)
                .Select(_ => new List<(AddressSpaceId Id, ulong At, ulong Entry)>())];

        public int Count => lists.Sum(list => list.Count);

        public void Insert(AddressSpaceId id, ulong at, ulong entry)
        {
            var list = lists[(int)((at >> 12) % (ulong)sets)];
            list.RemoveAll(other => other.Id == id && other.At == at);
            if (list.Count == ways) list.RemoveAt(0);
            list.Add((id, at, entry));
        }

        public ulong Lookup(AddressSpaceId id, ulong at)
        {
            var list = lists[(int)((at >> 12) % (ulong)sets)];
            var position = list.FindIndex(other => other.Id == id && other.At == at);
            if (position < 0) return 0;
            var found = list[position];
            list.RemoveAt(position);
            list.Add(found);
            return found.Entry;
        }

        public void Remove(Predicate<(AddressSpaceId Id, ulong At, ulong Entry)> match)
        {
            foreach (var list in lists) list.RemoveAll(match);
        }
    }
}
