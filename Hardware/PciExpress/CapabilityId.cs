namespace Disguise.Hardware.PciExpress;

/// <summary>Capabilities in the first 256 bytes (PCI Code and ID Assignment, section 2).</summary>
public enum CapabilityId : byte
{
    /// <summary>PCI power management interface.</summary>
    PowerManagement = 0x01,

    /// <summary>PCI Express.</summary>
    PciExpress = 0x10,

    /// <summary>MSI-X.</summary>
    MsiX = 0x11,
}
