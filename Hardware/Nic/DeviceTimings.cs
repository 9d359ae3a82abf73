using Disguise.Actors.Ledgers;
using Disguise.Hardware.Devices;

namespace Disguise.Hardware.Nic;

/// <summary>The delays of a NIC in picoseconds, read from the cost table once.</summary>
internal sealed class DeviceTimings(CostTable costs)
{
    public long PostedWritePs { get; } = costs.Of(DeviceCosts.PciePostedWrite);

    public long ReadPs { get; } = costs.Of(DeviceCosts.PcieRead);

    public long ReceivePipelinePs { get; } = costs.Of(DeviceCosts.NicReceivePipeline);

    public long TransmitPipelinePs { get; } = costs.Of(DeviceCosts.NicTransmitPipeline);

    public long InterruptPs { get; } = costs.Of(DeviceCosts.MsiXDelivery);

    private readonly long dmaBytePs = costs.Of(DeviceCosts.DmaByte);

    public long DmaPs(int bytes) => dmaBytePs * bytes;
}
