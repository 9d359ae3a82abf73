using Disguise.Host.Composition;
using Disguise.Host.Results;

namespace Disguise.Host.Running;

/// <summary>Control-plane calls of all machines since measuring began.</summary>
internal sealed class ControlPlaneBook
{
    private readonly World world;
    private readonly SortedDictionary<string, long> callsBefore;
    private readonly SortedDictionary<string, long> refusalsBefore;

    public ControlPlaneBook(World world)
    {
        this.world = world;
        callsBefore = Sum(book => book.Calls);
        refusalsBefore = Sum(book => book.Refusals);
        foreach (var machine in world.Machines)
            machine.Control.MeasureLatencies();
    }

    public ControlPlaneResult Result() => ControlPlaneResult.None with
    {
        LatencyUs = Latencies(),
        Calls = Since(Sum(book => book.Calls), callsBefore),
        Refused = Since(Sum(book => book.Refusals), refusalsBefore),
    };

    private SortedDictionary<string, LatencySummary> Latencies()
    {
        var sums = new SortedDictionary<string, LatencyRecorder>(StringComparer.Ordinal);
        foreach (var machine in world.Machines)
        {
            foreach (var (kind, recorder) in machine.Control.Latencies)
            {
                if (!sums.TryGetValue(kind, out var sum))
                    sums.Add(kind, sum = new LatencyRecorder());
                sum.Add(recorder);
            }
        }

        var summaries = new SortedDictionary<string, LatencySummary>(StringComparer.Ordinal);
        foreach (var (kind, sum) in sums)
            summaries.Add(kind, sum.Summarise());
        return summaries;
    }

    private SortedDictionary<string, long> Sum(
        Func<ControlCallBook, IReadOnlyDictionary<string, long>> counts)
    {
        var sum = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var machine in world.Machines)
        {
            foreach (var (kind, count) in counts(machine.Control))
            {
                sum.TryGetValue(kind, out var known);
                sum[kind] = known + count;
            }
        }

        return sum;
    }

    private static SortedDictionary<string, long> Since(
        SortedDictionary<string, long> now, SortedDictionary<string, long> before)
    {
        var since = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (kind, count) in now)
        {
            before.TryGetValue(kind, out var known);
            if (count > known)
                since[kind] = count - known;
        }

        return since;
    }
}
