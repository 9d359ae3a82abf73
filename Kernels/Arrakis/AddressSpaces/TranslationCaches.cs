using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Arrakis.AddressSpaces;

/// <summary>
/// The TLBs of the cores and the caches of the IOMMU, which the kernel makes forget what it takes
/// out of a table: pages or one domain, never what neighbours have cached. A core on which the
/// domain is in force is told by an interrupt (TLB shootdown).
/// </summary>
internal sealed class TranslationCaches(Machine machine)
{
    /// <summary>Above this many pages all of the address space is forgotten at once.</summary>
    private const int PageLimit = 32;

    private readonly bool[] mustTell = new bool[machine.Cores.Length];

    /// <summary>Most domains: each has a tag of its own in TLBs and in the IOMMU.</summary>
    public const int DomainLimit = IommuTables.MaximumDomains - 1;

    /// <summary>Tag of a domain in TLBs.</summary>
    public static AddressSpaceId SpaceIdOf(int domain) => new(checked((ushort)(domain + 1)));

    /// <summary>Tag of a domain in the IOMMU.</summary>
    public static DomainId DeviceIdOf(int domain) => new(checked((ushort)(domain + 1)));

    /// <summary>Forgets pages of a domain.</summary>
    public void ForgetPages(int domain, long virtualPage, int pages, bool hasDevices)
    {
        var id = SpaceIdOf(domain);
        foreach (var core in machine.Cores)
        {
            if (pages > PageLimit)
                core.Mmu.Tlb.FlushAddressSpace(id);
            for (var page = 0; page < pages && pages <= PageLimit; page++)
                core.Mmu.Tlb.FlushPage(id, (ulong)Frame.AddressOf(virtualPage + page));
        }

        Note(id);
        if (hasDevices)
        {
            machine.Iommu.InvalidatePages(
                DeviceIdOf(domain), (ulong)Frame.AddressOf(virtualPage), pages);
        }
    }

    /// <summary>Forgets all of a domain; its tags may be used for another.</summary>
    public void ForgetDomain(int domain)
    {
        var id = SpaceIdOf(domain);
        foreach (var core in machine.Cores)
            core.Mmu.Tlb.FlushAddressSpace(id);
        Note(id);
        machine.Iommu.InvalidateDomain(DeviceIdOf(domain));
    }

    /// <summary>
    /// How many other cores must be interrupted for what was forgotten since this was last asked.
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

    private void Note(AddressSpaceId id)
    {
        foreach (var core in machine.Cores)
        {
            if (core.Current is not null && core.Mmu.Current?.Id == id)
                mustTell[core.Number] = true;
        }
    }
}
