using Disguise.Hardware.Network;

namespace Disguise.Hardware.Nic;

/// <summary>Why a NIC drops frames, beside what <see cref="NetworkDrops"/> has.</summary>
public static class NicDrops
{
    /// <summary>The receive ring has no free descriptor for the frame.</summary>
    public static DropReason NoDescriptor { get; } = DropReason.Define(
        "no-descriptor", "the receive ring has too few free descriptors");

    /// <summary>The IOMMU refused a DMA of the frame or its descriptor.</summary>
    public static DropReason IommuFault { get; } = DropReason.Define(
        "iommu-fault", "the IOMMU refused a DMA of the frame or of its descriptor");

    /// <summary>No filter, address or default queue takes the frame.</summary>
    public static DropReason NoFilter { get; } = DropReason.Define(
        "no-filter", "no filter, address or default queue takes the frame");

    /// <summary>The function may not send such a frame.</summary>
    public static DropReason SpoofedSource { get; } = DropReason.Define(
        "spoofed-source", "the function may not send from this address, VLAN or flow");

    /// <summary>A descriptor that means nothing to the device.</summary>
    public static DropReason MalformedDescriptor { get; } = DropReason.Define(
        "malformed-descriptor", "a transmit descriptor that the device cannot carry out");

    /// <summary>A frame of more descriptors than the device gathers.</summary>
    public static DropReason DescriptorChain { get; } = DropReason.Define(
        "descriptor-chain", "a frame of more descriptors than the device gathers");

    /// <summary>The function was disabled or reset while the frame was on its way.</summary>
    public static DropReason FunctionDisabled { get; } = DropReason.Define(
        "function-disabled", "the function went away while the frame was on its way to it");

    /// <summary>Too many frames wait for the core that emulates functions.</summary>
    public static DropReason SoftwareBacklogFull { get; } = DropReason.Define(
        "software-backlog-full", "too many frames wait for the core that emulates functions");

    /// <summary>The queue that the frame was steered to is not enabled.</summary>
    public static DropReason QueueDisabled { get; } = DropReason.Define(
        "queue-disabled", "the receive queue is not enabled");

    /// <summary>The device's receive buffer holds as much as it may.</summary>
    public static DropReason ReceiveBufferFull { get; } = DropReason.Define(
        "receive-buffer-full", "the NIC's receive buffer is full: PCI Express is too slow");

    /// <summary>The queue receives more than its rate.</summary>
    public static DropReason ReceiveRate { get; } = DropReason.Define(
        "receive-rate", "above the rate that the kernel set for the receive queue");
}
