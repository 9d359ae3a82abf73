using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Domains;

namespace Disguise.Kernels.Microkernel.Memory;

/// <summary>
/// Frames, page tables, and what has cached them. What it has done is counted, so that it can be
/// charged.
/// </summary>
internal sealed class MemoryEffects
{
    /// <summary>Most domains: each has a tag of its own in TLBs and in the IOMMU.</summary>
    public const int DomainLimit = IommuTables.MaximumDomains - 1;

    private readonly Machine machine;
    private readonly ITableFrames tableFrames;
    private readonly IommuTables iommuTables;
    private readonly SortedDictionary<int, Mapping> mappings = [];
    private readonly bool[] mustTell;
    private long pages;

    /// <summary>Takes the machine's IOMMU over, with tables that let no device reach anything.
    /// </summary>
    public MemoryEffects(Machine machine)
    {
        this.machine = machine;
        mustTell = new bool[machine.Cores.Length];
        tableFrames = new OwnedTableFrames(machine.Frames, machine.Memory, Kernel);
        iommuTables = IommuTables.Create(machine.Memory, tableFrames)
            ?? throw new InvalidOperationException("no frame for the IOMMU's tables");
        machine.Iommu = new Iommu(machine.Memory, iommuTables.RootAddress, machine.Guards);
    }

    /// <summary>Owner of the frames of page tables.</summary>
    public static OwnerId Kernel => new(0);

    /// <summary>All mappings by the slot of their capability.</summary>
    public SortedDictionary<int, Mapping> Mappings => mappings;

    /// <summary>Makes an empty address space, or null where no frame is left.</summary>
    public DomainSpace? CreateSpace(int domain) =>
        DomainSpace.Create(machine.Memory, tableFrames, SpaceIdOf(domain));

    /// <summary>Takes free frames for a domain. False where there are not as many in a row.
    /// </summary>
    public bool TryAllocate(int domain, int count, out long firstFrame) =>
        machine.Frames.TryAllocate(new OwnerId(domain), out firstFrame, count);

    /// <summary>Gives the frames of an extent back, as zeroes.</summary>
    public void Free(Extent extent)
    {
        if (extent.IsDevice)
            return;
        machine.Frames.Free(new OwnerId(extent.Owner), extent.FirstFrame, extent.Pages);
        // Whoever gets them next sees nothing of who had them.
        for (var page = 0; page < extent.Pages; page++)
            machine.Memory.ReleaseFrame(extent.FirstFrame + page);
        pages += extent.Pages;
    }

    /// <summary>Whether a capability's memory is mapped.</summary>
    public bool IsMapped(int slot) => mappings.ContainsKey(slot);

    /// <summary>Maps what a capability is to. False where that cannot be.</summary>
    public bool TryMap(
        int slot, Domain domain, Extent extent, long virtualPage, CapabilityRights rights)
    {
        if (virtualPage < 1 || virtualPage > DomainPages.PageCount - extent.Pages
            || !domain.Space.TryMap(
                virtualPage, extent.FirstFrame, extent.Pages, RightsOf(rights)))
            return false;
        mappings.Add(slot, new Mapping(domain, extent, virtualPage));
        pages += extent.Pages;
        return true;
    }

    /// <summary>Takes what a capability is to out of the address space it is mapped in.</summary>
    public void Unmap(int slot)
    {
        if (!mappings.Remove(slot, out var mapping))
            return;
        mapping.Domain.Space.Unmap(mapping.VirtualPage, mapping.Extent.Pages);
        pages += mapping.Extent.Pages;
        Forget(mapping.Domain.Number);
    }

    /// <summary>Has a device translate by a domain's page table.</summary>
    public void Attach(Domain domain, Hardware.PciExpress.FunctionId function)
    {
        var id = DeviceIdOf(domain.Number);
        if (!iommuTables.SetDomain(id, domain.Space.Space.RootAddress)
            || !iommuTables.Attach(function, id))
            throw new InvalidOperationException("no frame for the IOMMU's tables");
        machine.Iommu.InvalidateContext(function);
    }

    /// <summary>A device reaches nothing any more.</summary>
    public void Detach(Domain domain, Hardware.PciExpress.FunctionId function)
    {
        iommuTables.Detach(function);
        machine.Iommu.InvalidateContext(function);
        iommuTables.ClearDomain(DeviceIdOf(domain.Number));
        machine.Iommu.InvalidateDomain(DeviceIdOf(domain.Number));
    }

    /// <summary>A domain ends: its page table goes.</summary>
    public void Release(Domain domain)
    {
        Forget(domain.Number);
        domain.Space.Release();
    }

    /// <summary>Pages entered into or taken from tables since this was last asked.</summary>
    public long TakePageCount()
    {
        var taken = pages;
        pages = 0;
        return taken;
    }

    /// <summary>
    /// Cores besides the one that works which must be interrupted for what was taken out of
    /// tables since this was last asked (TLB shootdown).
    /// </summary>
    public int TakeShootdowns(int workingCore)
    {
        var count = 0;
        for (var core = 0; core < mustTell.Length; core++)
        {
            if (mustTell[core] && core != workingCore)
                count++;
            mustTell[core] = false;
        }

        return count;
    }

    private static AddressSpaceId SpaceIdOf(int domain) => new(checked((ushort)domain));

    private static DomainId DeviceIdOf(int domain) => new(checked((ushort)domain));

    private static PageRights RightsOf(CapabilityRights rights)
    {
        var page = PageRights.User;
        if ((rights & CapabilityRights.Write) != 0)
            page |= PageRights.Writable;
        if ((rights & CapabilityRights.Execute) != 0)
            page |= PageRights.Executable;
        return page;
    }

    private void Forget(int domain)
    {
        var id = SpaceIdOf(domain);
        foreach (var core in machine.Cores)
        {
            core.Mmu.Tlb.FlushAddressSpace(id);
            if (core.Current is not null && core.Mmu.Current?.Id == id)
                mustTell[core.Number] = true;
        }

        machine.Iommu.InvalidateDomain(DeviceIdOf(domain));
    }
}
