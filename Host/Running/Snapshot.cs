using Disguise.Actors.Crossings;
using Disguise.Hardware.Network;
using Disguise.Host.Composition;
using Disguise.LibOS.Clients;

namespace Disguise.Host.Running;

/// <summary>What has been counted up to a time. A measurement is the difference of two.</summary>
internal sealed class Snapshot
{
    private readonly long[] crossings = new long[CrossingKind.Limit];
    private readonly SortedDictionary<string, long> dropped = new(StringComparer.Ordinal);

    public Snapshot(World world)
    {
        var kinds = CrossingKind.All;
        foreach (var machine in world.Machines)
        {
            foreach (var core in machine.Board.Cores)
                ProcessorFaults += core.Mmu.FaultCount;
            DeviceFaults += machine.Board.Iommu.Faults.TotalCount;
            var deliveries = machine.Board.Island.Deliveries;
            foreach (var kind in kinds)
                crossings[kind.Index] += deliveries.Crossings(kind);
            AddDropped(machine.Nic.Counters);
            AddDropped(machine.Nic.FunctionCounters);
            foreach (var counters in machine.Kernel.SoftwareCounters)
                AddDropped(counters);
            AddDropped(machine.Link.Counters);
            AddDropped(machine.SwitchLink.Counters);
        }

        foreach (var libraries in world.Readiness.Counters)
            AddDropped(libraries);

        AddDropped(world.Switch.Counters);
        foreach (var client in world.Clients)
        {
            AddDropped(client.Link.Counters);
            AddDropped(client.SwitchLink.Counters);
            FramesSent += client.Link.Counters.Received;
            FramesReceived += client.SwitchLink.Counters.Sent;
            if (client.Load is { } load)
            {
                Requests.Add(load.Counters);
                AddDropped(load.Frames);
            }

            if (client.Replay is { } replay)
            {
                Replayed += replay.SentCount;
                Replies += replay.ReplyCount;
                AddDropped(replay.Frames);
            }
        }

        Events = world.Emulation.EventCount;
    }

    public long Events { get; }

    /// <summary>Accesses of processors that their MMUs refused.</summary>
    public long ProcessorFaults { get; }

    /// <summary>Accesses of devices that the IOMMUs refused.</summary>
    public long DeviceFaults { get; }

    /// <summary>Frames that clients handed to their links.</summary>
    public long FramesSent { get; }

    /// <summary>Frames on their way to clients or there.</summary>
    public long FramesReceived { get; }

    public ClientCounters Requests;

    public long Replayed { get; }

    public long Replies { get; }

    public long CrossingsOf(CrossingKind kind) => crossings[kind.Index];

    /// <summary>Frames dropped since an earlier snapshot, by reason.</summary>
    public SortedDictionary<string, long> DroppedSince(Snapshot earlier)
    {
        var since = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (reason, count) in dropped)
        {
            earlier.dropped.TryGetValue(reason, out var before);
            if (count > before)
                since[reason] = count - before;
        }

        return since;
    }

    private void AddDropped(PacketCounters counters)
    {
        foreach (var (reason, count) in counters.DroppedByReason())
        {
            dropped.TryGetValue(reason.Name, out var before);
            dropped[reason.Name] = before + count;
        }
    }
}
