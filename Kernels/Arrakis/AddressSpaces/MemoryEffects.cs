using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis.AddressSpaces;

/// <summary>Carries the control plane's decisions about memory out: tables, TLBs, zeroing.
/// </summary>
internal sealed class MemoryEffects
{
    private readonly Machine machine;
    private readonly ITableFrames kernelFrames;
    private readonly List<ContainerMemory?> containers = [];
    private readonly List<DomainMemoryMap?> domains = [];
    private readonly List<int> domainContainers = [];
    private readonly List<ExtentPlace> extents = [];
    private long pageCount;

    public MemoryEffects(Machine machine, ITableFrames kernelFrames)
    {
        this.machine = machine;
        this.kernelFrames = kernelFrames;
    }

    /// <summary>Pages entered into or taken from tables since this was last asked.</summary>
    public long TakePageCount()
    {
        var taken = pageCount;
        pageCount = 0;
        return taken;
    }

    public DomainMemoryMap MapOf(int domain) => domains[domain]
        ?? throw new InvalidOperationException($"domain {domain} has no address space");

    public void CreateContainer(int container) => Put(
        containers, container,
        ContainerMemory.Create(machine.Memory, kernelFrames) ?? throw OutOfFrames());

    public void DestroyContainer(int container)
    {
        containers[container]?.ReleaseTables();
        containers[container] = null;
    }

    public void CreateDomain(int domain, int container)
    {
        var id = new AddressSpaceId(checked((ushort)(domain + 1)));
        foreach (var core in machine.Cores)
            core.Mmu.Tlb.FlushAddressSpace(id);
        Put(domains, domain,
            DomainMemoryMap.Create(machine.Memory, containers[container]!, id)
                ?? throw OutOfFrames());
        Put(domainContainers, domain, container);
    }

    public void DestroyDomain(int domain) => domains[domain] = null;

    public void Allocate(ControlEvent.MemoryAllocated allocated)
    {
        for (var page = 0; page < allocated.Pages; page++)
            machine.Memory.ReleaseFrame(allocated.FirstFrame + page);
        var guest = containers[allocated.Container]!
            .AddExtent(allocated.FirstFrame, allocated.Pages);
        if (guest < 0)
            throw OutOfFrames();
        pageCount += allocated.Pages;
        var place = new ExtentPlace(allocated.Container, allocated.FirstFrame, guest);
        Put(extents, allocated.Extent, place);
    }

    public void Free(ControlEvent.MemoryFreed freed)
    {
        containers[freed.Container]!
            .RemoveExtent(extents[freed.Extent].GuestFrame, freed.Pages);
        pageCount += freed.Pages;
        Flush();
    }

    public void Map(ControlEvent.PagesMapped mapped)
    {
        var rights = PageRights.User;
        if ((mapped.Rights & CapabilityRights.Write) != 0)
            rights |= PageRights.Writable;
        if ((mapped.Rights & CapabilityRights.Execute) != 0)
            rights |= PageRights.Executable;
        var place = extents[mapped.Extent];
        var container = domainContainers[mapped.Domain];
        // A share of another container's extent gets guest frames of its own.
        var guest = container == place.Container
            ? place.GuestFrame + mapped.FirstFrame - place.FirstFrame
            : containers[container]!.AddExtent(mapped.FirstFrame, mapped.Pages);
        if (guest < 0 || !MapOf(mapped.Domain).Map(mapped.VirtualPage, guest, mapped.Pages, rights))
            throw OutOfFrames();
        pageCount += mapped.Pages;
    }

    public void Unmap(ControlEvent.PagesUnmapped unmapped)
    {
        MapOf(unmapped.Domain).Unmap(unmapped.VirtualPage, unmapped.Pages);
        pageCount += unmapped.Pages;
        Flush();
    }

    /// <summary>Maps device registers into a domain. Returns false where no frame is left.
    /// </summary>
    public void MapRegisters(int domain, long virtualPage, long physicalAddress, int pages)
    {
        var guest = containers[domainContainers[domain]]!.AddRegisters(physicalAddress, pages);
        if (guest < 0
            || !MapOf(domain).Map(virtualPage, guest, pages, PageRights.User | PageRights.Writable))
        {
            throw OutOfFrames();
        }

        pageCount += pages;
    }

    public void UnmapRegisters(int domain, long virtualPage, int pages)
    {
        MapOf(domain).Unmap(virtualPage, pages);
        pageCount += pages;
        Flush();
    }

    private static InvalidOperationException OutOfFrames() =>
        new("the kernel has no frame left for page tables");

    private static void Put<T>(List<T> list, int index, T value)
    {
        while (list.Count <= index)
            list.Add(default!);
        list[index] = value;
    }

    private readonly record struct ExtentPlace(int Container, long FirstFrame, long GuestFrame);

    private void Flush()
    {
        foreach (var core in machine.Cores)
            core.Mmu.Tlb.FlushAll();
        machine.Iommu.InvalidateAll();
    }
}
