using Disguise.Actors.Faults;

namespace Disguise.Hardware.Memory;

/// <summary>The guards that protect memory.</summary>
public static class MemoryGuards
{
    /// <summary>
    /// The IOMMU's translation. Off: a device's addresses are physical ones, as on a machine
    /// without an IOMMU.
    /// </summary>
    public static readonly Guard Iommu = new("iommu");

    /// <summary>
    /// The MMU's checks. Off: rights in page tables are not looked at, and an address that is not
    /// mapped is a physical one, as on a machine without an MMU.
    /// </summary>
    public static readonly Guard PageProtection = new("page-protection");
}
