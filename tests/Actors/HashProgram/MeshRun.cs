using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Tests.HashProgram;

/// <summary>What a mesh came to.</summary>
public sealed class MeshRun
{
    internal MeshRun(Emulation emulation)
    {
        RunHash = emulation.Hash;
        WindowCount = emulation.WindowCount;
        WorkerEventCounts = emulation.WorkerEventCounts;
        foreach (var island in emulation.Islands)
        {
            var deliveries = island.Deliveries;
            Deliveries += deliveries.Total;
            Direct += deliveries.Direct;
            Crossings += deliveries.AllCrossings;
            Internals += deliveries.Internals.Sum(entry => entry.Count);
            Redelivered += deliveries.Redelivered;
            Undelivered += deliveries.Undelivered(UndeliveredReason.ReceiverStopped)
                + deliveries.Undelivered(UndeliveredReason.LeftInMailbox);
        }
    }

    /// <summary>Run hash with its intervals.</summary>
    public RunHash RunHash { get; }

    /// <summary>Run hash as text.</summary>
    public string Hash => RunHash.Text;

    /// <summary>Windows run.</summary>
    public long WindowCount { get; }

    /// <summary>Events by worker.</summary>
    public IReadOnlyList<long> WorkerEventCounts { get; }

    /// <summary>All deliveries.</summary>
    public long Deliveries { get; }

    /// <summary>Deliveries that took no mailbox.</summary>
    public long Direct { get; }

    /// <summary>Deliveries that were crossings.</summary>
    public long Crossings { get; }

    /// <summary>Deliveries of internal messages.</summary>
    public long Internals { get; }

    /// <summary>Deliveries of stashed messages for the second time.</summary>
    public long Redelivered { get; }

    /// <summary>Messages to actors that had stopped.</summary>
    public long Undelivered { get; }
}
