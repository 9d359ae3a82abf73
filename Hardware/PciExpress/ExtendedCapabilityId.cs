namespace Disguise.Hardware.PciExpress;

/// <summary>Capabilities from 100h on (PCI Code and ID Assignment, section 3).</summary>
public enum ExtendedCapabilityId : ushort
{
    /// <summary>Advanced error reporting.</summary>
    AdvancedErrorReporting = 0x0001,

    /// <summary>Access control services.</summary>
    AccessControlServices = 0x000D,

    /// <summary>Alternative routing-id interpretation.</summary>
    AlternativeRoutingId = 0x000E,

    /// <summary>Single-root I/O virtualization.</summary>
    SrIov = 0x0010,
}
