using Disguise.Actors.Ledgers;

namespace Disguise.Hardware.Devices;

/// <summary>
/// What devices and their buses take: delays of events, from the platform file. No core is
/// charged for them.
/// </summary>
public static class DeviceCosts
{
    /// <summary>A posted write across PCI Express, one way.</summary>
    public static CostKey PciePostedWrite { get; } =
        Event("pcie-posted-write", "a posted write across PCI Express, one way");

    /// <summary>A read across PCI Express, there and back.</summary>
    public static CostKey PcieRead { get; } =
        Event("pcie-read", "a device's read of memory across PCI Express, there and back");

    /// <summary>A byte of a DMA on PCI Express, beyond the first's latency.</summary>
    public static CostKey DmaByte { get; } = CostKey.Define(
        "dma-byte", CostSource.Platform, CostUnit.Byte, "a byte of a DMA across PCI Express");

    /// <summary>A NIC's receive side: from the last bit to the start of the DMA.</summary>
    public static CostKey NicReceivePipeline { get; } =
        Event("nic-receive-pipeline", "from a frame's last bit to the start of its DMA");

    /// <summary>A NIC's transmit side: from the end of the DMA to the wire or the switch.
    /// </summary>
    public static CostKey NicTransmitPipeline { get; } =
        Event("nic-transmit-pipeline", "from the end of a frame's DMA to its first bit");

    /// <summary>A message-signalled interrupt, from the device to the core.</summary>
    public static CostKey MsiXDelivery { get; } =
        Event("msi-x-delivery", "a message-signalled interrupt, from the device to the core");

    private static CostKey Event(string name, string meaning) =>
        CostKey.Define(name, CostSource.Platform, CostUnit.Event, meaning);
}
