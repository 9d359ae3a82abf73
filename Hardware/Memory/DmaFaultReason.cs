namespace Disguise.Hardware.Memory;

/// <summary>
/// Why the IOMMU refused a DMA (VT-d specification, section 7.1, fault conditions).
/// </summary>
public enum DmaFaultReason : byte
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The requester has no context entry, or its domain no tables.</summary>
    NoContext,

    /// <summary>The address is not mapped.</summary>
    NotPresent,

    /// <summary>A write where the mapping allows none, or to the supervisor's page.</summary>
    NotWritable,

    /// <summary>The page is the supervisor's, which a device may not read.</summary>
    NotReadable,

    /// <summary>The address is not canonical, or a table or the page is not in memory.</summary>
    AddressOutOfRange,
}
