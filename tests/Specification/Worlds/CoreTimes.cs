using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Observation;

namespace Disguise.Specification.Worlds;

/// <summary>What each core of a machine was busy with, as hardware saw it.</summary>
internal sealed class CoreTimes(int cores) : IRequestObserver
{
    private readonly long[] busyPs = new long[cores];

    /// <summary>Charged work that was done on a core, picoseconds.</summary>
    public long BusyPs(int core) => busyPs[core];

    public void Charged(
        CpuContext context, LedgerAccount account, CostKey key, long count, long startPs,
        long durationPs)
    {
        if (context.Core is { } core)
            busyPs[core.Number] += durationPs;
    }

    public void CoreOccupied(
        Core core, string who, string what, long count, long startPs, long durationPs)
    {
        // On its way to the core an interrupt takes no time of it.
        if (what != DeviceCosts.MsiXDelivery.Name)
            busyPs[core.Number] += durationPs;
    }

    public void FrameStage(
        Island island, long frame, string who, string what, long startPs, long endPs)
    {
    }

    public void ReceiveDescriptorFilled(
        Island island, long frame, string function, int queue, int index)
    {
    }

    public void ReceiveDescriptorTaken(object executor, string function, int queue, int index)
    {
    }

    public void RequestQueued(object executor, long token, long atPs)
    {
    }

    public void RequestTaken(object executor, long token, long atPs)
    {
    }

    public void TransmitDescriptorPosted(
        object executor, string function, int queue, int index, long atPs)
    {
    }

    public void TransmitDescriptorFetched(
        Island island, long frame, string function, int queue, int index)
    {
    }
}
