using Disguise.Hardware.PciExpress;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Nic;

/// <summary>How a NIC is made.</summary>
public sealed record NicOptions
{
    /// <summary>Name of the device in its machine, the last part of its address.</summary>
    public string Name { get; init; } = "nic";

    /// <summary>What the NIC can do.</summary>
    public NicModel Model { get; init; } = NicModel.X520;

    /// <summary>TotalVFs of the SR-IOV capability; at most what the model has.</summary>
    public int TotalVirtualFunctions { get; init; } = 64;

    /// <summary>Rate of the port; at most the link's own.</summary>
    public long LinkBitsPerSecond { get; init; } = 10_000_000_000;

    /// <summary>Bytes of frames on their way to the wire (82599: 160 KB transmit buffer).
    /// </summary>
    public int TransmitBufferBytes { get; init; } = 160 << 10;

    /// <summary>Bytes of frames on their way to memory (82599: 512 KB receive buffer).</summary>
    public int ReceiveBufferBytes { get; init; } = 512 << 10;

    /// <summary>Longest untagged frame, bytes without frame check sequence.</summary>
    public int MaximumFrameBytes { get; init; } = EthernetLimits.MaximumFrameBytes;

    /// <summary>Routing id of the physical function.</summary>
    public FunctionId Function { get; init; } = FunctionId.Of(3, 0, 0);
}
