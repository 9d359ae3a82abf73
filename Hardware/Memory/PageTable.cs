using System.Buffers.Binary;

namespace Disguise.Hardware.Memory;

/// <summary>
/// A table of 4-level paging as the software that owns it writes it (Intel SDM volume 3, section
/// 4.5). Its entries are bytes in emulated memory and nowhere else; this value only remembers where
/// the root is. With a second stage the root, the tables and what they map are guest physical,
/// and every access to an entry goes through the second stage. A change reaches a TLB only when
/// that is flushed.
/// </summary>
public readonly struct PageTable
{
    private readonly PhysicalMemory memory;
    private readonly ITableFrames tableFrames;
    private readonly long secondStageRoot;

    /// <summary>A table whose root frame exists, at a physical address in bytes.</summary>
    public PageTable(
        PhysicalMemory memory,
        ITableFrames tableFrames,
        long rootAddress,
        long secondStageRoot = AddressSpace.NoSecondStage)
    {
        this.memory = memory;
        this.tableFrames = tableFrames;
        this.secondStageRoot = secondStageRoot;
        RootAddress = rootAddress;
    }

    /// <summary>Physical address of the root table, as CR3 would hold it.</summary>
    public long RootAddress { get; }

    /// <summary>Makes an empty table. False when there is no frame for its root.</summary>
    public static bool TryCreate(
        PhysicalMemory memory,
        ITableFrames tableFrames,
        out PageTable table,
        long secondStageRoot = AddressSpace.NoSecondStage)
    {
        var allocated = tableFrames.TryAllocate(out var frame);
        table = allocated
            ? new PageTable(memory, tableFrames, Frame.AddressOf(frame), secondStageRoot)
            : default;
        return allocated;
    }

    /// <summary>
    /// Maps a page. Upper levels allow everything; the entry of the page alone carries the rights.
    /// </summary>
    public MapResult Map(
        ulong virtualAddress,
        long physicalAddress,
        PageRights rights,
        PageSize size = PageSize.Small)
    {
        if (!IsMappable(virtualAddress, physicalAddress, size)) return MapResult.BadAddress;
        var leafLevel = size == PageSize.Large ? 2 : 1;
        var descended = Descend(virtualAddress, leafLevel, out var table);
        if (descended != MapResult.Mapped) return descended;
        var leafAt = table + PageTableEntry.OffsetOf(virtualAddress, leafLevel);
        if ((ReadEntry(leafAt) & PageTableEntry.Present) != 0) return MapResult.AlreadyMapped;
        var leaf = (ulong)physicalAddress | PageTableEntry.Present | PageTableEntry.BitsOf(rights);
        WriteEntry(leafAt, size == PageSize.Large ? leaf | PageTableEntry.Large : leaf);
        return MapResult.Mapped;
    }

    /// <summary>
    /// Has a frame be the table of the last level for the 2 MiB in which an address lies: whoever
    /// may write the frame maps pages there.
    /// </summary>
    public MapResult Link(ulong virtualAddress, long tableAddress)
    {
        if (!IsMappable(virtualAddress, tableAddress, PageSize.Small)) return MapResult.BadAddress;
        var descended = Descend(virtualAddress, 2, out var table);
        if (descended != MapResult.Mapped) return descended;
        var leafAt = table + PageTableEntry.OffsetOf(virtualAddress, 2);
        if ((ReadEntry(leafAt) & PageTableEntry.Present) != 0) return MapResult.AlreadyMapped;
        WriteEntry(leafAt, TableEntryAt(tableAddress));
        return MapResult.Mapped;
    }

    /// <summary>Takes such a table out. False when there is none.</summary>
    public bool Unlink(ulong virtualAddress)
    {
        var table = RootAddress;
        for (var level = PageTableEntry.Levels; level > 2; level--)
        {
            var entry = ReadEntry(table + PageTableEntry.OffsetOf(virtualAddress, level));
            if ((entry & PageTableEntry.Present) == 0) return false;
            table = PageTableEntry.AddressOf(entry);
        }
        var at = table + PageTableEntry.OffsetOf(virtualAddress, 2);
        if ((ReadEntry(at) & PageTableEntry.Present) == 0) return false;
        WriteEntry(at, 0);
        ReclaimEmptyTables(virtualAddress);
        return true;
    }

    /// <summary>
    /// Takes away the page in which an address lies, and tables left empty by that. False when
    /// nothing was mapped.
    /// </summary>
    public bool Unmap(ulong virtualAddress)
    {
        if (!TryFindLeaf(virtualAddress, out var at, out _, out _)) return false;
        WriteEntry(at, 0);
        ReclaimEmptyTables(virtualAddress);
        return true;
    }

    /// <summary>
    /// Gives a page other rights and keeps its accessed and dirty bits. False when nothing is
    /// mapped.
    /// </summary>
    public bool Protect(ulong virtualAddress, PageRights rights)
    {
        const ulong Rights =
            PageTableEntry.Writable | PageTableEntry.User | PageTableEntry.NoExecute;
        if (!TryFindLeaf(virtualAddress, out var at, out var entry, out _)) return false;
        WriteEntry(at, (entry & ~Rights) | PageTableEntry.BitsOf(rights));
        return true;
    }

    /// <summary>
    /// Has a small page that is mapped lead elsewhere, unused so far, in one write: no table is
    /// taken or given back. False when no small page is mapped, or for an address that is not one
    /// of a page.
    /// </summary>
    public bool Remap(ulong virtualAddress, long physicalAddress, PageRights rights)
    {
        if (!IsMappable(virtualAddress, physicalAddress, PageSize.Small)
            || !TryFindLeaf(virtualAddress, out var at, out _, out var size)
            || size != PageSize.Small)
            return false;
        WriteEntry(
            at, (ulong)physicalAddress | PageTableEntry.Present | PageTableEntry.BitsOf(rights));
        return true;
    }

    /// <summary>
    /// Clears the accessed and dirty bits of a page. False when nothing is mapped.
    /// </summary>
    public bool ClearUse(ulong virtualAddress)
    {
        const ulong Use = PageTableEntry.Accessed | PageTableEntry.Dirty;
        if (!TryFindLeaf(virtualAddress, out var at, out var entry, out _)) return false;
        WriteEntry(at, entry & ~Use);
        return true;
    }

    /// <summary>Looks an address up and changes no bit. False when nothing is mapped.</summary>
    public bool TryWalk(ulong virtualAddress, out PageMapping mapping)
    {
        mapping = default;
        if (!TryFindLeaf(virtualAddress, out _, out var entry, out var size)) return false;
        var offset = virtualAddress & ((ulong)size - 1);
        var page = entry & PageTableEntry.AddressMask & ~((ulong)size - 1);
        mapping = new PageMapping(
            (long)(page | offset),
            PageTableEntry.RightsOf(entry),
            size,
            (entry & PageTableEntry.Accessed) != 0,
            (entry & PageTableEntry.Dirty) != 0);
        return true;
    }

    /// <summary>
    /// Gives back the frames of all tables, the root's too. The table is gone then.
    /// </summary>
    public void ReleaseTables() => ReleaseTable(RootAddress, PageTableEntry.Levels);

    private static bool IsMappable(ulong virtualAddress, long physicalAddress, PageSize size)
    {
        var offset = (ulong)size - 1;
        return PageTableEntry.IsCanonical(virtualAddress)
            && ((virtualAddress | (ulong)physicalAddress) & offset) == 0
            && ((ulong)physicalAddress & ~PageTableEntry.AddressMask) == 0;
    }

    private static ulong TableEntryAt(long address) => (ulong)address | PageTableEntry.Present
        | PageTableEntry.Writable | PageTableEntry.User;

    /// <summary>Finds the table of a level on the way to an address; makes those that are not
    /// there.</summary>
    private MapResult Descend(ulong virtualAddress, int level, out long table)
    {
        table = RootAddress;
        for (var above = PageTableEntry.Levels; above > level; above--)
        {
            var at = table + PageTableEntry.OffsetOf(virtualAddress, above);
            var entry = ReadEntry(at);
            if ((entry & PageTableEntry.Present) == 0)
            {
                if (!tableFrames.TryAllocate(out var frame))
                {
                    ReclaimEmptyTables(virtualAddress);
                    return MapResult.OutOfFrames;
                }
                entry = TableEntryAt(Frame.AddressOf(frame));
                WriteEntry(at, entry);
            }
            else if (above == 2 && (entry & PageTableEntry.Large) != 0)
            {
                return MapResult.AlreadyMapped;
            }
            table = PageTableEntry.AddressOf(entry);
        }
        return MapResult.Mapped;
    }

    private bool TryFindLeaf(
        ulong virtualAddress, out long entryAddress, out ulong entry, out PageSize size)
    {
        var table = RootAddress;
        size = PageSize.Small;
        entry = 0;
        entryAddress = 0;
        if (!PageTableEntry.IsCanonical(virtualAddress)) return false;
        for (var level = PageTableEntry.Levels; level > 0; level--)
        {
            entryAddress = table + PageTableEntry.OffsetOf(virtualAddress, level);
            entry = ReadEntry(entryAddress);
            if ((entry & PageTableEntry.Present) == 0) return false;
            if (level == 2 && (entry & PageTableEntry.Large) != 0)
            {
                size = PageSize.Large;
                return true;
            }
            table = PageTableEntry.AddressOf(entry);
        }
        return true;
    }

    /// <summary>Frees the tables on the way to an address that hold no entry, from below.</summary>
    private void ReclaimEmptyTables(ulong virtualAddress)
    {
        Span<long> tables = stackalloc long[PageTableEntry.Levels + 1];
        var level = PageTableEntry.Levels;
        tables[level] = RootAddress;
        for (; level > 1; level--)
        {
            var entry = ReadEntry(tables[level] + PageTableEntry.OffsetOf(virtualAddress, level));
            if ((entry & PageTableEntry.Present) == 0) break;
            if (level == 2 && (entry & PageTableEntry.Large) != 0) break;
            tables[level - 1] = PageTableEntry.AddressOf(entry);
        }
        for (; level < PageTableEntry.Levels && IsEmpty(tables[level]); level++)
        {
            var parent = level + 1;
            WriteEntry(tables[parent] + PageTableEntry.OffsetOf(virtualAddress, parent), 0);
            tableFrames.Release(Frame.NumberOf(tables[level]));
        }
    }

    private bool IsEmpty(long table)
    {
        Span<byte> line = stackalloc byte[PhysicalMemory.LineSizeBytes];
        var at = Locate(table);
        for (var offset = 0; offset < Frame.SizeBytes; offset += line.Length)
        {
            memory.Read(at + offset, line);
            if (line.ContainsAnyExcept((byte)0)) return false;
        }
        return true;
    }

    private void ReleaseTable(long table, int level)
    {
        Span<byte> line = stackalloc byte[PhysicalMemory.LineSizeBytes];
        var at = Locate(table);
        for (var offset = 0; level > 1 && offset < Frame.SizeBytes; offset += line.Length)
        {
            memory.Read(at + offset, line);
            for (var rest = line; rest.Length > 0; rest = rest[PageTableEntry.SizeBytes..])
            {
                var entry = BinaryPrimitives.ReadUInt64LittleEndian(rest);
                if ((entry & PageTableEntry.Present) == 0) continue;
                if (level == 2 && (entry & PageTableEntry.Large) != 0) continue;
                ReleaseTable(PageTableEntry.AddressOf(entry), level - 1);
            }
        }
        tableFrames.Release(Frame.NumberOf(table));
    }

    private ulong ReadEntry(long address) => memory.ReadUInt64(Locate(address));

    private void WriteEntry(long address, ulong entry) =>
        memory.WriteUInt64(Locate(address), entry);

    /// <summary>Where in the machine's memory a byte of a table is.</summary>
    private long Locate(long address)
    {
        if (secondStageRoot == AddressSpace.NoSecondStage) return address;
        var secondStage = new PageTable(memory, tableFrames, secondStageRoot);
        if (secondStage.TryWalk((ulong)address, out var mapping)) return mapping.PhysicalAddress;
        throw new InvalidOperationException(
            $"the table at guest physical 0x{address:x} is not mapped by the second stage");
    }
}
