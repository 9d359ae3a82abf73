using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis.AddressSpaces;

/// <summary>
/// Carries the control plane's decisions about memory out: page tables, what has cached them, and
/// the frames' bytes.
/// </summary>
internal sealed class MemoryEffects
{
    private readonly Machine machine;
    private readonly ITableFrames kernelFrames;
    private readonly TranslationCaches caches;
    private readonly List<ContainerMemory?> containers = [];
    private readonly List<DomainMemoryMap?> domains = [];
    private readonly List<ExtentPlace> extents = [];
    private readonly SortedDictionary<int, long> guestFramesOfShares = [];
    private long pageCount;

    public MemoryEffects(Machine machine, ITableFrames kernelFrames)
    {
        this.machine = machine;
        this.kernelFrames = kernelFrames;
        caches = new TranslationCaches(machine);
    }

    /// <summary>What has cached translations.</summary>
    public TranslationCaches Caches => caches;

    /// <summary>Pages entered into or taken from tables since this was last asked.</summary>
    public long TakePageCount()
    {
        var taken = pageCount;
        pageCount = 0;
        return taken;
    }

    /// <summary>Frames that the page tables of a container take.</summary>
    public int TableFramesOf(int container) => ContainerOf(container).TableFrames;

    /// <summary>The address space of a domain, which must have one.</summary>
    public DomainMemoryMap MapOf(int domain) => domains[domain]
        ?? throw new InvalidOperationException($"domain {domain} has no address space");

    public void CreateContainer(int container) => Put(
        containers, container,
        ContainerMemory.Create(machine.Memory, kernelFrames) ?? throw OutOfFrames());

    public void DestroyContainer(int container)
    {
        ContainerOf(container).ReleaseTables();
        containers[container] = null;
    }

    public void CreateDomain(int domain, int container) => Put(
        domains, domain,
        DomainMemoryMap.Create(
            machine.Memory, container, ContainerOf(container),
            TranslationCaches.SpaceIdOf(domain)) ?? throw OutOfFrames());

    public void DestroyDomain(int domain)
    {
        MapOf(domain).ReleaseTables();
        caches.ForgetDomain(domain);
        domains[domain] = null;
    }

    public void Allocate(ControlEvent.MemoryAllocated allocated)
    {
        var guest = ContainerOf(allocated.Container).Add(allocated.FirstFrame, allocated.Pages);
        if (guest < 0)
            throw OutOfFrames();
        pageCount += allocated.Pages;
        Put(extents, allocated.Extent,
            new ExtentPlace(allocated.Container, allocated.FirstFrame, guest));
    }

    public void Free(ControlEvent.MemoryFreed freed)
    {
        ContainerOf(freed.Container).Remove(extents[freed.Extent].GuestFrame, freed.Pages);
        pageCount += freed.Pages;
        // Free frames hold zeroes, so that who gets them next sees nothing of who had them.
        for (var page = 0; page < freed.Pages; page++)
            machine.Memory.ReleaseFrame(freed.FirstFrame + page);
    }

    public void Map(ControlEvent.PagesMapped mapped)
    {
        var place = extents[mapped.Extent];
        var map = MapOf(mapped.Domain);
        long guest;
        if (map.Container == place.Container)
        {
            guest = place.GuestFrame + mapped.FirstFrame - place.FirstFrame;
        }
        else
        {
            // What another container shares gets guest frames here while it is mapped.
            guest = ContainerOf(map.Container).Add(mapped.FirstFrame, mapped.Pages);
            guestFramesOfShares.Add(mapped.Mapping, guest);
        }

        if (guest < 0
            || !map.Map(mapped.VirtualPage, guest, mapped.Pages, RightsOf(mapped.Rights)))
        {
            throw OutOfFrames();
        }

        pageCount += mapped.Pages;
    }

    public void Unmap(ControlEvent.PagesUnmapped unmapped)
    {
        var map = MapOf(unmapped.Domain);
        map.Unmap(unmapped.VirtualPage, unmapped.Pages);
        if (guestFramesOfShares.Remove(unmapped.Mapping, out var guest))
            ContainerOf(map.Container).Remove(guest, unmapped.Pages);
        pageCount += unmapped.Pages;
        caches.ForgetPages(
            unmapped.Domain, unmapped.VirtualPage, unmapped.Pages, map.Devices > 0);
    }

    /// <summary>Links tables of a domain's own. Returns the guest frame of the first.</summary>
    public long Link(ControlEvent.TablesLinked linked)
    {
        var place = extents[linked.Extent];
        var guest = place.GuestFrame + linked.FirstFrame - place.FirstFrame;
        if (!MapOf(linked.Domain).Link(linked.VirtualPage, guest, linked.Tables))
            throw OutOfFrames();
        pageCount += linked.Tables;
        return guest;
    }

    /// <summary>Takes tables of a domain's own out.</summary>
    public void Unlink(ControlEvent.TablesUnlinked unlinked)
    {
        var map = MapOf(unlinked.Domain);
        map.Unlink(unlinked.VirtualPage, unlinked.Tables);
        pageCount += unlinked.Tables;
        caches.ForgetPages(
            unlinked.Domain, unlinked.VirtualPage, unlinked.Tables * PageTableEntry.PerTable,
            map.Devices > 0);
    }

    /// <summary>Maps device registers into a domain.</summary>
    public void MapRegisters(int domain, long virtualPage, long physicalAddress, int pages)
    {
        var map = MapOf(domain);
        var guest = ContainerOf(map.Container).Add(Frame.NumberOf(physicalAddress), pages);
        if (guest < 0
            || !map.Map(virtualPage, guest, pages, PageRights.User | PageRights.Writable))
        {
            throw OutOfFrames();
        }

        pageCount += pages;
    }

    /// <summary>Takes device registers out of a domain.</summary>
    public void UnmapRegisters(int domain, long virtualPage, int pages)
    {
        var map = MapOf(domain);
        var guest = map.Unmap(virtualPage, pages);
        ContainerOf(map.Container).Remove(guest, pages);
        pageCount += pages;
        caches.ForgetPages(domain, virtualPage, pages, map.Devices > 0);
    }

    private static PageRights RightsOf(CapabilityRights rights)
    {
        var page = PageRights.User;
        if ((rights & CapabilityRights.Write) != 0)
            page |= PageRights.Writable;
        if ((rights & CapabilityRights.Execute) != 0)
            page |= PageRights.Executable;
        return page;
    }

    private static InvalidOperationException OutOfFrames() =>
        new("a decision was admitted for which the kernel has no frame for page tables");

    private static void Put<T>(List<T> list, int index, T value)
    {
        while (list.Count <= index)
            list.Add(default!);
        list[index] = value;
    }

    private ContainerMemory ContainerOf(int container) => containers[container]
        ?? throw new InvalidOperationException($"container {container} has no memory");

    private readonly record struct ExtentPlace(int Container, long FirstFrame, long GuestFrame);
}
