using System.Runtime.CompilerServices;

namespace Disguise.Hardware.Memory;

/// <summary>
/// A translation look-aside buffer: set-associative, indexed by the page number, tagged by address
/// space, least recently used replaced first (Intel SDM volume 3, section 4.10). Large pages are
/// kept in pieces of 4 KiB, which section 4.10.2.3 allows. It answers from what it holds: after a
/// change of the tables the old translation stays until it is flushed. Or as in the R3000: fully
/// associative, with a place drawn by the Random register replaced, but never a wired one (Kane,
/// MIPS RISC Architecture, chapter 6).
/// Storage is made as entries come in: an empty one costs 80 bytes.
/// </summary>
public sealed class Tlb
{
    private const ulong Valid = 1;
    private const ulong PageMask = (1UL << 36) - 1;
    private const int IdShift = 1;
    private const int PageShift = 17;
    private const int SignShift = 28;
    private const ulong IdMask = ((1UL << 16) - 1) << IdShift;

    private readonly int ways;
    private readonly int setMask;
    private readonly int wired = -1;

    /// <summary>
    /// The Random register. The R3000's steps down with every instruction; here with every look-up
    /// and insertion, so that it is the same in each run.
    /// </summary>
    private int random;

    /// <summary>
    /// First entry of each set, the most recently used; positions count from one.
    /// </summary>
    private ushort[] heads = [];
    private Entry[] entries = [];
    private int used;
    private ushort free;
    private int largeCount;

    /// <summary>
    /// A buffer of <paramref name="capacity"/> entries in sets of <paramref name="ways"/>. The
    /// number of sets must be a power of two.
    /// </summary>
    public Tlb(int capacity, int ways)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ways, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, ways);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, ushort.MaxValue);
        var sets = capacity / ways;
        if (sets * ways != capacity || (sets & (sets - 1)) != 0)
        {
            throw new ArgumentException($"{capacity} entries are not 2^n sets of {ways}");
        }
        this.ways = ways;
        setMask = sets - 1;
    }

    /// <summary>
    /// A fully associative buffer with random replacement that spares the first
    /// <paramref name="wired"/> places.
    /// </summary>
    public Tlb(int capacity, int ways, int wired)
        : this(capacity, ways)
    {
        if (ways != capacity || wired < 0 || wired >= capacity)
            throw new ArgumentException($"{wired} of {capacity} entries in sets of {ways}");
        this.wired = wired;
        random = capacity - 1;
    }

    /// <summary>Entries that it can hold.</summary>
    public int Capacity => (setMask + 1) * ways;

    /// <summary>Look-ups that found what they needed.</summary>
    public long Hits { get; private set; }

    /// <summary>Look-ups that did not.</summary>
    public long Misses { get; private set; }

    /// <summary>Entries that it holds.</summary>
    public int Count { get; private set; }

    /// <summary>What it holds, by place; nothing is counted as used.</summary>
    public IEnumerable<TlbEntry> Entries
    {
        get
        {
            for (var place = 0; place < used; place++)
            {
                var (tag, value) = (entries[place].Tag, entries[place].Value);
                if ((tag & Valid) == 0) continue;
                yield return new TlbEntry(
                    place,
                    new AddressSpaceId((ushort)((tag & IdMask) >> IdShift)),
                    (ulong)((long)(tag >> PageShift << SignShift) >> (SignShift - Frame.Shift)),
                    value);
            }
        }
    }

    /// <summary>
    /// Looks a translation up, in the layout of <see cref="PageTableEntry"/>. One that does not
    /// allow the access is a miss, and so is a write through one whose dirty bit is clear: the
    /// processor walks the tables before it faults, and to set the bit (section 4.10.4.2).
    /// </summary>
    public bool TryLookup(
        AddressSpaceId id, ulong virtualAddress, Access access, out ulong entry)
    {
        var tag = TagOf(id, virtualAddress);
        var position = Find(tag);
        entry = 0;
        if (position != 0)
        {
            entry = entries[position - 1].Value;
            if (PageTableEntry.Check(entry, access) == PageFaultReason.None
                && ((access & Access.Write) == 0 || (entry & PageTableEntry.Dirty) != 0))
            {
                Hits++;
                return true;
            }
        }
        Misses++;
        if (wired >= 0) StepRandom();
        return false;
    }

    /// <summary>What it holds for an address, allowed or not (the R3000's probe).</summary>
    public bool TryProbe(AddressSpaceId id, ulong virtualAddress, out ulong entry)
    {
        var position = Find(TagOf(id, virtualAddress));
        entry = position == 0 ? 0 : entries[position - 1].Value;
        return position != 0;
    }

    /// <summary>
    /// Keeps a translation, in the layout of <see cref="PageTableEntry"/> with the address of a
    /// small page. The least recently used entry of a full set makes room, or the one that the
    /// Random register names; then writable is all that a write needs.
    /// </summary>
    public void Insert(AddressSpaceId id, ulong virtualAddress, ulong entry)
    {
        if (heads.Length == 0) heads = new ushort[setMask + 1];
        var tag = TagOf(id, virtualAddress);
        var position = Find(tag);
        if (position == 0)
        {
            var set = SetOf(tag);
            if (wired >= 0)
            {
                position = Vacate(random);
                StepRandom();
            }
            else
            {
                position = Last(set, out var length);
                if (length == ways) Drop(position);
                position = Take();
            }
            Link(position, tag, set);
        }
        Fill(position, entry);
    }

    /// <summary>
    /// Keeps a translation in a wired place, where no later insertion replaces it.
    /// </summary>
    public void InsertWired(int place, AddressSpaceId id, ulong virtualAddress, ulong entry)
    {
        if (place < 0 || place >= wired)
            throw new ArgumentOutOfRangeException(nameof(place), place, "not a wired place");
        if (heads.Length == 0) heads = new ushort[setMask + 1];
        var tag = TagOf(id, virtualAddress);
        var position = Find(tag);
        if (position != 0) Drop(position);
        position = Vacate(place);
        Link(position, tag, SetOf(tag));
        Fill(position, entry);
    }

    private void StepRandom() => random = random == wired ? Capacity - 1 : random - 1;

    private void Link(ushort position, ulong tag, int set)
    {
        entries[position - 1] = new Entry { Tag = tag, Next = heads[set] };
        heads[set] = position;
        Count++;
    }

    private void Fill(ushort position, ulong entry)
    {
        if (wired >= 0 && (entry & PageTableEntry.Writable) != 0) entry |= PageTableEntry.Dirty;
        ref var slot = ref entries[position - 1];
        largeCount += LargeOf(entry) - LargeOf(slot.Value);
        slot.Value = entry;
    }

    /// <summary>Empties a place of a buffer that names its places.</summary>
    private ushort Vacate(int place)
    {
        if (used == 0)
        {
            Array.Resize(ref entries, Capacity);
            used = Capacity;
        }
        if ((entries[place].Tag & Valid) != 0) Drop((ushort)(place + 1));
        return (ushort)(place + 1);
    }

    /// <summary>
    /// Forgets a page, and when the entry is a piece of a large page, all of its pieces (INVLPG).
    /// </summary>
    public void FlushPage(AddressSpaceId id, ulong virtualAddress)
    {
        if (Count == 0) return;
        var tag = TagOf(id, virtualAddress);
        var position = Find(tag);
        if (position != 0) Drop(position);
        if (largeCount == 0) return;
        const int LargeShift = PageShift + 9;
        for (var index = 0; index < used; index++)
        {
            ref var entry = ref entries[index];
            if ((entry.Tag & Valid) != 0 && (entry.Value & PageTableEntry.Large) != 0
                && entry.Tag >> LargeShift == tag >> LargeShift
                && (entry.Tag & IdMask) == (tag & IdMask))
            {
                Drop((ushort)(index + 1));
            }
        }
    }

    /// <summary>Forgets all of one address space (INVPCID, INVVPID).</summary>
    public void FlushAddressSpace(AddressSpaceId id)
    {
        var wanted = (ulong)id.Value << IdShift;
        for (var index = 0; index < used; index++)
        {
            var tag = entries[index].Tag;
            if ((tag & Valid) != 0 && (tag & IdMask) == wanted) Drop((ushort)(index + 1));
        }
    }

    /// <summary>Forgets everything.</summary>
    public void FlushAll()
    {
        Array.Clear(heads);
        Array.Clear(entries, 0, used);
        used = 0;
        free = 0;
        largeCount = 0;
        Count = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong TagOf(AddressSpaceId id, ulong virtualAddress) =>
        (((virtualAddress >> Frame.Shift) & PageMask) << PageShift)
        | ((ulong)id.Value << IdShift) | Valid;

    private static int LargeOf(ulong entry) => (entry & PageTableEntry.Large) != 0 ? 1 : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SetOf(ulong tag) => (int)(tag >> PageShift) & setMask;

    /// <summary>
    /// Position of an entry, which becomes its set's most recently used; or zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort Find(ulong tag)
    {
        var set = SetOf(tag);
        if ((uint)set >= (uint)heads.Length) return 0;
        var head = heads[set];
        return head == 0 || entries[head - 1].Tag == tag ? head : FindBehind(set, head, tag);
    }

    private ushort FindBehind(int set, ushort head, ulong tag)
    {
        var before = head;
        for (var position = entries[head - 1].Next; position != 0;)
        {
            ref var entry = ref entries[position - 1];
            if (entry.Tag == tag)
            {
                entries[before - 1].Next = entry.Next;
                entry.Next = head;
                heads[set] = position;
                return position;
            }
            before = position;
            position = entry.Next;
        }
        return 0;
    }

    private ushort Last(int set, out int length)
    {
        length = 0;
        ushort last = 0;
        for (var position = heads[set]; position != 0; position = entries[position - 1].Next)
        {
            last = position;
            length++;
        }
        return last;
    }

    private ushort Take()
    {
        if (free != 0)
        {
            var position = free;
            free = entries[position - 1].Next;
            return position;
        }
        if (used == entries.Length)
        {
            var grown = Math.Max(8, entries.Length + (entries.Length / 2));
            var capacity = Math.Min(grown, Capacity);
            Array.Resize(ref entries, capacity);
        }
        return (ushort)++used;
    }

    private void Drop(ushort position)
    {
        ref var entry = ref entries[position - 1];
        var set = SetOf(entry.Tag);
        if (heads[set] == position)
        {
            heads[set] = entry.Next;
        }
        else
        {
            var before = heads[set];
            while (entries[before - 1].Next != position) before = entries[before - 1].Next;
            entries[before - 1].Next = entry.Next;
        }
        largeCount -= LargeOf(entry.Value);
        entry = new Entry { Next = free };
        free = position;
        Count--;
    }

    private struct Entry
    {
        public ulong Tag;
        public ulong Value;
        public ushort Next;
    }
}
