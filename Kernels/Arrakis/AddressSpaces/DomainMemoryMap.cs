using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Arrakis.AddressSpaces;

/// <summary>
/// The address space of one protection domain: a first stage over the memory of its container.
/// MMU and IOMMU walk the same two tables, so that a device sees the addresses that the domain
/// sees (Arrakis, TOCS 2015, section 3.1).
/// </summary>
internal sealed class DomainMemoryMap
{
    private readonly PageTable firstStage;

    private DomainMemoryMap(PageTable firstStage, AddressSpace space)
    {
        this.firstStage = firstStage;
        Space = space;
    }

    /// <summary>What a core or the IOMMU walks.</summary>
    public AddressSpace Space { get; }

    /// <summary>Makes an empty address space, or null where no frame is left.</summary>
    public static DomainMemoryMap? Create(
        PhysicalMemory memory, ContainerMemory container, AddressSpaceId id)
    {
        if (!container.TryCreateFirstStage(out var table))
            return null;
        var space = new AddressSpace(memory, id, table.RootAddress, container.SecondStageRoot);
        return new DomainMemoryMap(table, space);
    }

    /// <summary>Maps pages of the container's memory.</summary>
    public bool Map(long virtualPage, long guestFrame, int pages, PageRights rights)
    {
        for (var page = 0; page < pages; page++)
        {
            var result = firstStage.Map(
                (ulong)Frame.AddressOf(virtualPage + page), Frame.AddressOf(guestFrame + page),
                rights);
            if (result != MapResult.Mapped)
                return false;
        }

        return true;
    }

    /// <summary>Takes pages out. The caller flushes what has cached them.</summary>
    public void Unmap(long virtualPage, int pages)
    {
        for (var page = 0; page < pages; page++)
            firstStage.Unmap((ulong)Frame.AddressOf(virtualPage + page));
    }
}
