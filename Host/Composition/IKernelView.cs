using Disguise.Actors.Dispatch;
using Disguise.Host.Results;

namespace Disguise.Host.Composition;

/// <summary>What the outside may know of a kernel, whatever its architecture.</summary>
internal interface IKernelView
{
    /// <summary>The kernel's actor.</summary>
    IslandActorRef Actor { get; }

    /// <summary>Checks that no frame of memory has two owners. Returns frames checked.</summary>
    long CheckFrames(List<string> findings);

    /// <summary>Checks that every capability descends from a live one. Returns how many.</summary>
    long CheckCapabilities(List<string> findings);

    /// <summary>Control calls served, by kind.</summary>
    IReadOnlyDictionary<string, long> Calls { get; }

    /// <summary>Control calls refused, by kind.</summary>
    IReadOnlyDictionary<string, long> Refusals { get; }

    /// <summary>Latencies of control calls, by kind, since measuring began.</summary>
    IReadOnlyDictionary<string, LatencyRecorder> Latencies { get; }

    /// <summary>Begins to measure latencies, from none.</summary>
    void MeasureLatencies();

    /// <summary>
    /// Takes a tenant's network away by force at a time to come; the machine's island must be
    /// entered.
    /// </summary>
    void RevokeNetwork(string tenantAddress, long atPs);
}
