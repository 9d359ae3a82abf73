namespace Disguise.Hardware.Memory;

/// <summary>
/// The hardware's walk of page tables in emulated memory, one stage or two nested (Intel SDM
/// volume 3, sections 4.5 and 28.3; VT-d specification, chapter 3). The MMU and the IOMMU share it.
/// With two stages every reference to a first-stage table is itself translated, so a walk that
/// misses everywhere makes 24 references.
/// </summary>
internal struct PageWalker
{
    /// <summary>Stands for "no second stage" in place of a root address.</summary>
    public const long NoTable = -1;

    private readonly PhysicalMemory memory;

    public PageWalker(PhysicalMemory memory) => this.memory = memory;

    /// <summary>References to table entries so far.</summary>
    public int References { get; private set; }

    /// <summary>Valid after a walk that failed.</summary>
    public PageFault Fault { get; private set; }

    /// <summary>
    /// Translates. The result has the layout of an entry for a small page: the physical frame, the
    /// rights of all levels and stages combined, the dirty bit only when every stage has it set,
    /// and <see cref="PageTableEntry.Large"/> when the first stage maps a large page. Sets
    /// accessed and dirty bits.
    /// </summary>
    public bool TryWalk(
        long root, long secondStageRoot, ulong virtualAddress, Access access, out ulong result)
    {
        result = 0;
        if (!PageTableEntry.IsCanonical(virtualAddress))
        {
            return Fail(virtualAddress, access, PageFaultReason.NotCanonical);
        }
        if (!TryWalkStage(root, secondStageRoot, virtualAddress, access, 1, out var first))
        {
            return false;
        }
        if (secondStageRoot == NoTable)
        {
            result = first;
            return true;
        }
        var guestAddress = PageTableEntry.AddressOf(first)
            | (long)(virtualAddress & (Frame.SizeBytes - 1));
        if (!TryWalkSecondStage(
            secondStageRoot, guestAddress, virtualAddress, access, out var second))
        {
            return false;
        }
        const ulong Both = PageTableEntry.Writable | PageTableEntry.Dirty;
        result = (second & PageTableEntry.AddressMask)
            | (first & ~PageTableEntry.AddressMask & ~Both)
            | (first & second & Both)
            | ((first | second) & PageTableEntry.NoExecute);
        return true;
    }

    private bool TryWalkStage(
        long table,
        long secondStageRoot,
        ulong address,
        Access access,
        byte stage,
        out ulong result)
    {
        result = 0;
        var allowed = PageTableEntry.Writable | PageTableEntry.User;
        ulong forbidden = 0;
        for (var level = PageTableEntry.Levels; ; level--)
        {
            var guestEntry = table + PageTableEntry.OffsetOf(address, level);
            if (!TryLocate(guestEntry, secondStageRoot, address, access, Access.Read, out var at))
            {
                return false;
            }
            References++;
            var entry = memory.ReadUInt64(at);
            if ((entry & PageTableEntry.Present) == 0)
            {
                return Fail(address, access, PageFaultReason.NotPresent);
            }
            allowed &= entry;
            forbidden |= entry & PageTableEntry.NoExecute;
            var isLarge = level == 2 && (entry & PageTableEntry.Large) != 0;
            var isLeaf = level == 1 || isLarge;
            var used = entry | PageTableEntry.Accessed;
            if (isLeaf)
            {
                var rights = allowed | forbidden | (stage == 2 ? PageTableEntry.User : 0);
                var reason = PageTableEntry.Check(rights, access);
                if (reason != PageFaultReason.None) return Fail(address, access, reason);
                if ((access & Access.Write) != 0) used |= PageTableEntry.Dirty;
                result = rights | FrameOf(entry, address, isLarge)
                    | (used & PageTableEntry.Dirty) | PageTableEntry.Present
                    | (isLarge ? PageTableEntry.Large : 0);
            }
            if (used != entry)
            {
                // Setting a flag is a write to the table, which the second stage may refuse.
                if (secondStageRoot != NoTable && !TryLocate(
                    guestEntry, secondStageRoot, address, access, Access.Write, out at))
                {
                    return false;
                }
                memory.WriteUInt64(at, used);
            }
            if (isLeaf) return true;
            table = PageTableEntry.AddressOf(entry);
        }
    }

    private static ulong FrameOf(ulong entry, ulong address, bool isLarge)
    {
        const ulong LargeOffset = (ulong)PageSize.Large - 1;
        var frame = entry & PageTableEntry.AddressMask;
        return isLarge
            ? (frame & ~LargeOffset) | (address & LargeOffset & PageTableEntry.AddressMask)
            : frame;
    }

    /// <summary>Finds a table entry in the memory of the machine.</summary>
    private bool TryLocate(
        long entryAddress,
        long secondStageRoot,
        ulong address,
        Access access,
        Access tableAccess,
        out long physicalAddress)
    {
        physicalAddress = entryAddress;
        if (secondStageRoot != NoTable)
        {
            if (!TryWalkSecondStage(
                secondStageRoot, entryAddress, address, tableAccess, out var second))
            {
                Fault = Fault with { Access = access };
                return false;
            }
            physicalAddress = PageTableEntry.AddressOf(second)
                | (entryAddress & (Frame.SizeBytes - 1));
        }
        return memory.Contains(physicalAddress, PageTableEntry.SizeBytes)
            || Fail(address, access, PageFaultReason.AddressOutOfRange);
    }

    private bool TryWalkSecondStage(
        long root, long guestAddress, ulong virtualAddress, Access access, out ulong result)
    {
        // The second stage translates 48 bits without sign extension and knows no privilege.
        if ((ulong)guestAddress >> 48 == 0)
        {
            if (TryWalkStage(
                root, NoTable, (ulong)guestAddress, access | Access.Supervisor, 2, out result))
            {
                return true;
            }
        }
        else
        {
            result = 0;
            Fail(virtualAddress, access, PageFaultReason.AddressOutOfRange);
        }
        Fault = new PageFault(virtualAddress, access, Fault.Reason, 2, guestAddress);
        return false;
    }

    private bool Fail(ulong address, Access access, PageFaultReason reason)
    {
        Fault = new PageFault(address, access, reason);
        return false;
    }
}
