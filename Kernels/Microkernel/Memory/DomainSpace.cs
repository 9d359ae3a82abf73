using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Microkernel.Memory;

/// <summary>
/// The address space of a domain: one page table in emulated memory that the kernel alone writes.
/// A device that a domain drives walks the same table.
/// </summary>
internal sealed class DomainSpace
{
    private readonly PhysicalMemory memory;
    private readonly ITableFrames tableFrames;

    private DomainSpace(PhysicalMemory memory, ITableFrames tableFrames, AddressSpace space)
    {
        this.memory = memory;
        this.tableFrames = tableFrames;
        Space = space;
    }

    /// <summary>What a core or the IOMMU walks.</summary>
    public AddressSpace Space { get; }

    private PageTable Table => new(memory, tableFrames, Space.RootAddress);

    /// <summary>Makes an empty address space, or null where no frame is left.</summary>
    public static DomainSpace? Create(
        PhysicalMemory memory, ITableFrames tableFrames, AddressSpaceId id) =>
        PageTable.TryCreate(memory, tableFrames, out var table)
            ? new DomainSpace(memory, tableFrames, new AddressSpace(memory, id, table.RootAddress))
            : null;

    /// <summary>
    /// Maps frames of memory or of registers in a row. False, and nothing is mapped, where a page
    /// is taken, an address means nothing, or no frame is left for tables.
    /// </summary>
    public bool TryMap(long virtualPage, long firstFrame, int pages, PageRights rights)
    {
        for (var page = 0; page < pages; page++)
        {
            var result = Table.Map(
                (ulong)Frame.AddressOf(virtualPage + page), Frame.AddressOf(firstFrame + page),
                rights);
            if (result == MapResult.Mapped)
                continue;
            Unmap(virtualPage, page);
            return false;
        }

        return true;
    }

    /// <summary>Takes pages out that are mapped. The caller flushes what has cached them.
    /// </summary>
    public void Unmap(long virtualPage, int pages)
    {
        for (var page = 0; page < pages; page++)
            Table.Unmap((ulong)Frame.AddressOf(virtualPage + page));
    }

    /// <summary>Whether a page leads to a frame, for who checks.</summary>
    public bool LeadsTo(long virtualPage, long frame) =>
        Table.TryWalk((ulong)Frame.AddressOf(virtualPage), out var mapping)
        && Frame.NumberOf(mapping.PhysicalAddress) == frame;

    /// <summary>Gives the frames of its tables back.</summary>
    public void Release() => Table.ReleaseTables();
}
