using Disguise.Host.Results;
using Disguise.Kernels.Abstractions;

namespace Disguise.Host.Running;

/// <summary>The control calls of one machine's kernel, by kind.</summary>
internal sealed class ControlCallBook(RevocationBook revocations) : IMachineObserver
{
    private readonly SortedDictionary<string, long> calls = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> refusals = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LatencyRecorder> latencies =
        new(StringComparer.Ordinal);

    private bool isMeasuring;

    /// <summary>Calls served.</summary>
    public IReadOnlyDictionary<string, long> Calls => calls;

    /// <summary>Calls refused.</summary>
    public IReadOnlyDictionary<string, long> Refusals => refusals;

    /// <summary>Latencies since measuring began.</summary>
    public IReadOnlyDictionary<string, LatencyRecorder> Latencies => latencies;

    /// <summary>Begins to measure latencies, from none.</summary>
    public void MeasureLatencies()
    {
        latencies.Clear();
        isMeasuring = true;
    }

    /// <inheritdoc/>
    public void ControlCall(string kind, bool isRefused, long calledPs, long returnedPs)
    {
        Count(calls, kind);
        if (isRefused)
            Count(refusals, kind);
        // Recorders are large, and a set-up makes many calls on many machines.
        if (!isMeasuring)
            return;
        if (!latencies.TryGetValue(kind, out var recorder))
            latencies.Add(kind, recorder = new LatencyRecorder());
        recorder.Record(returnedPs - calledPs);
    }

    /// <inheritdoc/>
    public void Revoked(RevocationReport report) => revocations.Record(report);

    private static void Count(SortedDictionary<string, long> counts, string key)
    {
        counts.TryGetValue(key, out var known);
        counts[key] = known + 1;
    }
}
