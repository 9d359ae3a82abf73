namespace Disguise.Hardware.PciExpress;

/// <summary>The virtual functions that a physical function can have.</summary>
public sealed record SrIovDescription
{
    /// <summary>TotalVFs, and InitialVFs, which differ only with VF migration.</summary>
    public required ushort TotalVirtualFunctions { get; init; }

    /// <summary>Routing id of the first VF less that of the PF.</summary>
    public required ushort FirstOffset { get; init; }

    /// <summary>Distance of the routing ids of two VFs in a row.</summary>
    public required ushort Stride { get; init; }

    /// <summary>Device id of every VF.</summary>
    public required ushort DeviceId { get; init; }

    /// <summary>Bytes of registers of one VF behind VF BAR 0: a power of two from 4096.</summary>
    public required long RegistersSizeBytes { get; init; }

    /// <summary>MSI-X vectors of one VF.</summary>
    public required int MsiXVectorCount { get; init; }

    /// <summary>First of the two VF BARs with the MSI-X tables: 2, 3 or 4.</summary>
    public int MsiXBaseAddressRegister { get; init; } = 3;

    /// <summary>
    /// Supported page sizes, bit n for 4 KiB times 2^n. 553h, which the specification requires:
    /// 4 KiB, 8 KiB, 64 KiB, 256 KiB, 1 MiB and 4 MiB.
    /// </summary>
    public uint SupportedPageSizes { get; init; } = 0x553;
}
