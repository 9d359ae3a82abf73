using Disguise.Actors.Islands;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Observation;

namespace Disguise.Hardware.Nic;

/// <summary>
/// Tells who follows requests how a frame spends its time in the NIC: stretches that follow one
/// another without a gap.
/// </summary>
internal readonly struct FrameStages(
    IRequestObserver requests, Island island, long frame, string who)
{
    /// <summary>What waiting for one's turn is called.</summary>
    public const string Queue = "queue";

    /// <summary>From the doorbell's store to the start of the frame's DMA.</summary>
    public void Fetched(long doorbellPs, long startPs, DeviceTimings timings)
    {
        var fetchedPs = Math.Min(startPs, doorbellPs + timings.ReadPs);
        Tell(DeviceCosts.PciePostedWrite.Name, doorbellPs - timings.PostedWritePs, doorbellPs);
        Tell(DeviceCosts.PcieRead.Name, doorbellPs, fetchedPs);
        Tell(Queue, fetchedPs, startPs);
    }

    /// <summary>From the start of the DMA to the end of the pipeline.</summary>
    public void Transmitted(long startPs, long dmaEndPs, long endPs)
    {
        Tell(DeviceCosts.DmaByte.Name, startPs, dmaEndPs);
        Tell(DeviceCosts.NicTransmitPipeline.Name, dmaEndPs, endPs);
    }

    /// <summary>From the last bit to the descriptor in memory.</summary>
    public void Received(long startPs, long readyPs, long dmaPs, long dmaEndPs, long endPs)
    {
        Tell(DeviceCosts.NicReceivePipeline.Name, startPs, readyPs);
        Tell(Queue, readyPs, dmaPs);
        Tell(DeviceCosts.DmaByte.Name, dmaPs, dmaEndPs);
        Tell(DeviceCosts.PciePostedWrite.Name, dmaEndPs, endPs);
    }

    private void Tell(string what, long startPs, long endPs)
    {
        if (endPs > startPs)
            requests.FrameStage(island, frame, who, what, startPs, endPs);
    }
}
