using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Arrakis.AddressSpaces;

/// <summary>
/// The address space of one protection domain: a first stage over the memory of its container.
/// MMU and IOMMU walk the same two tables, so that a device sees the addresses that the domain
/// sees (Arrakis, TOCS 2015, section 3.1).
/// </summary>
internal sealed class DomainMemoryMap
{
    private readonly ContainerMemory memory;
    private ulong registerPlaces;

    private DomainMemoryMap(int container, ContainerMemory memory, AddressSpace space)
    {
        Container = container;
        this.memory = memory;
        Space = space;
    }

    /// <summary>The container that the domain belongs to.</summary>
    public int Container { get; }

    /// <summary>What a core or the IOMMU walks.</summary>
    public AddressSpace Space { get; }

    /// <summary>Cards whose functions translate by this address space.</summary>
    public int Devices { get; set; }

    /// <summary>Whether contexts run in it: then it stays as long as its container.</summary>
    public bool HasContexts { get; set; }

    private PageTable FirstStage => memory.FirstStageAt(Space.RootAddress);

    /// <summary>Makes an empty address space, or null where no frame is left.</summary>
    public static DomainMemoryMap? Create(
        PhysicalMemory memory, int container, ContainerMemory containerMemory, AddressSpaceId id)
    {
        if (!containerMemory.TryCreateFirstStage(out var table))
            return null;
        var space = new AddressSpace(
            memory, id, table.RootAddress, containerMemory.SecondStageRoot);
        return new DomainMemoryMap(container, containerMemory, space);
    }

    /// <summary>Maps pages of the container's memory; false where no frame is left.</summary>
    public bool Map(long virtualPage, long guestFrame, int pages, PageRights rights)
    {
        for (var page = 0; page < pages; page++)
        {
            var result = FirstStage.Map(
                (ulong)Frame.AddressOf(virtualPage + page), Frame.AddressOf(guestFrame + page),
                rights);
            if (result != MapResult.Mapped)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Takes pages out and says which guest frame the first of them led to. The caller flushes
    /// what has cached them.
    /// </summary>
    public long Unmap(long virtualPage, int pages)
    {
        if (!FirstStage.TryWalk((ulong)Frame.AddressOf(virtualPage), out var mapping))
            throw new InvalidOperationException($"page {virtualPage:x} is not mapped");
        for (var page = 0; page < pages; page++)
            FirstStage.Unmap((ulong)Frame.AddressOf(virtualPage + page));
        return Frame.NumberOf(mapping.PhysicalAddress);
    }

    /// <summary>
    /// Has tables in the container's memory translate pages; false where no frame is left for the
    /// levels above.
    /// </summary>
    public bool Link(long virtualPage, long firstGuestFrame, int tables)
    {
        for (var table = 0; table < tables; table++)
        {
            var page = virtualPage + ((long)table * PageTableEntry.PerTable);
            var result = FirstStage.Link(
                (ulong)Frame.AddressOf(page), Frame.AddressOf(firstGuestFrame + table));
            if (result != MapResult.Mapped)
                return false;
        }

        return true;
    }

    /// <summary>Takes them out; the caller flushes what has cached them.</summary>
    public void Unlink(long virtualPage, int tables)
    {
        for (var table = 0; table < tables; table++)
        {
            var page = virtualPage + ((long)table * PageTableEntry.PerTable);
            if (!FirstStage.Unlink((ulong)Frame.AddressOf(page)))
                throw new InvalidOperationException($"page {page:x} has no table of its own");
        }
    }

    /// <summary>Gives the frames of its tables back.</summary>
    public void ReleaseTables() => FirstStage.ReleaseTables();

    /// <summary>The lowest free place for a card's registers, of at most 64.</summary>
    public int FreeRegisterPlace() => System.Numerics.BitOperations.TrailingZeroCount(
        ~registerPlaces);

    /// <summary>Takes or gives back a place for a card's registers.</summary>
    public void FlipRegisterPlace(int place) => registerPlaces ^= 1UL << place;
}
