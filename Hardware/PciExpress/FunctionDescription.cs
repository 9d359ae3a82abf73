namespace Disguise.Hardware.PciExpress;

/// <summary>
/// What all functions of one kind have in common: the read-only part of their configuration space.
/// Made once and shared.
/// </summary>
public sealed record FunctionDescription
{
    /// <summary>Who made it.</summary>
    public required ushort VendorId { get; init; }

    /// <summary>What it is.</summary>
    public required ushort DeviceId { get; init; }

    /// <summary>Revision of the device.</summary>
    public byte RevisionId { get; init; }

    /// <summary>Base class, sub-class and programming interface: 24 bits.</summary>
    public required uint ClassCode { get; init; }

    /// <summary>Who made the board.</summary>
    public ushort SubsystemVendorId { get; init; }

    /// <summary>What the board is.</summary>
    public ushort SubsystemId { get; init; }

    /// <summary>Bytes of registers behind BAR 0: a power of two from 16.</summary>
    public required long RegistersSizeBytes { get; init; }

    /// <summary>MSI-X vectors, 1 to 2048.</summary>
    public required int MsiXVectorCount { get; init; }

    /// <summary>
    /// First of the two BARs that hold the address of the MSI-X table: 2, 3 or 4.
    /// </summary>
    public int MsiXBaseAddressRegister { get; init; } = 4;

    /// <summary>
    /// Supported link speed as the capability encodes it: 2 is 5 GT/s, 3 is 8 GT/s.
    /// </summary>
    public int LinkSpeed { get; init; } = 2;

    /// <summary>Lanes of the link.</summary>
    public int LinkWidth { get; init; } = 8;

    /// <summary>Its virtual functions; null when it can have none.</summary>
    public SrIovDescription? SrIov { get; init; }
}
