using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>
/// The page table of an environment on hardware that walks tables: bytes in emulated memory that
/// the kernel alone writes, an edit at a time, and the environment may read, use bits included, as
/// in Xok (Kaashoek et al., SOSP 1997, section 5.1).
/// </summary>
internal sealed class GuardedTable
{
    private readonly PhysicalMemory memory;
    private readonly TableFrames tableFrames;

    private GuardedTable(PhysicalMemory memory, TableFrames tableFrames, long rootAddress)
    {
        this.memory = memory;
        this.tableFrames = tableFrames;
        RootAddress = rootAddress;
    }

    /// <summary>Physical address of the root, which its environment may know.</summary>
    public long RootAddress { get; }

    private PageTable Table => new(memory, tableFrames, RootAddress);

    /// <summary>An empty table; null when no frame is left for its root.</summary>
    public static GuardedTable? Create(PhysicalMemory memory, TableFrames tableFrames) =>
        PageTable.TryCreate(memory, tableFrames, out PageTable table)
            ? new GuardedTable(memory, tableFrames, table.RootAddress)
            : null;

    /// <summary>What an entry holds, as its environment reads it.</summary>
    public bool TryRead(long virtualPage, out PageMapping mapping) =>
        Table.TryWalk(AddressOf(virtualPage), out mapping);

    /// <summary>
    /// Enters a binding. Over what the page led to it is a single write, so that a page can lead to
    /// the very table that holds its entry.
    /// </summary>
    public void Enter(in Binding binding)
    {
        ulong address = AddressOf(binding.VirtualPage);
        long physical = Frame.AddressOf(binding.Frame);
        if (TryRead(binding.VirtualPage, out PageMapping before))
        {
            _ = before.PhysicalAddress == physical
                ? Table.Protect(address, binding.Rights)
                : Table.Remap(address, physical, binding.Rights);
            return;
        }

        MapResult result = Table.Map(address, physical, binding.Rights);
        if (result != MapResult.Mapped)
        {
            throw new InvalidOperationException($"Page {binding.VirtualPage}: {result}.");
        }
    }

    /// <summary>
    /// Has pages lead to a device's registers. False, and nothing is entered, when no frame is left
    /// for a table or something is there.
    /// </summary>
    public bool TryEnterRegisters(long firstPage, long physicalAddress, int pages)
    {
        for (int page = 0; page < pages; page++)
        {
            MapResult result = Table.Map(
                AddressOf(firstPage + page), physicalAddress + Frame.AddressOf(page),
                PageRights.User | PageRights.Writable);
            if (result == MapResult.Mapped)
            {
                continue;
            }

            while (--page >= 0)
            {
                Remove(firstPage + page);
            }

            return false;
        }

        return true;
    }

    /// <summary>Removes an entry. TLBs have to forget it.</summary>
    public void Remove(long virtualPage) => Table.Unmap(AddressOf(virtualPage));

    /// <summary>Clears the accessed and dirty bits of an entry. TLBs have to forget it.</summary>
    public void ClearUse(long virtualPage) => Table.ClearUse(AddressOf(virtualPage));

    /// <summary>Every page that leads anywhere, in ascending order, and to what.</summary>
    public IEnumerable<(long VirtualPage, PageMapping Mapping)> Mappings()
    {
        foreach (long page in TablePages.Of(memory, RootAddress))
        {
            if (TryRead(page, out PageMapping mapping))
            {
                yield return (page, mapping);
            }
        }
    }

    /// <summary>
    /// Adds the tables that are not there yet on the way to a page, by level and the part of the
    /// page's number that leads to them.
    /// </summary>
    public void AddMissingTables(long virtualPage, SortedSet<(int Level, long Prefix)> missing)
    {
        long table = RootAddress;
        for (int level = PageTableEntry.Levels; level > 1; level--)
        {
            ulong entry = table < 0 ? 0 : memory.ReadUInt64(
                table + PageTableEntry.OffsetOf(AddressOf(virtualPage), level));
            bool isThere = (entry & PageTableEntry.Present) != 0;
            table = isThere ? PageTableEntry.AddressOf(entry) : -1;
            if (!isThere)
            {
                missing.Add((level, virtualPage >> (9 * (level - 1))));
            }
        }
    }

    /// <summary>Gives the frames of all tables back.</summary>
    public void Release() => Table.ReleaseTables();

    private static ulong AddressOf(long virtualPage) => (ulong)Frame.AddressOf(virtualPage);
}
