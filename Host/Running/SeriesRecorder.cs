using Disguise.Actors.Time;
using Disguise.Host.Results;

namespace Disguise.Host.Running;

/// <summary>Operations a second, interval by interval.</summary>
internal sealed class SeriesRecorder
{
    private readonly List<double?> ends = [];
    private readonly List<double?> rates = [];
    private readonly long startPs;
    private long previousPs;
    private long previousOperations;

    public SeriesRecorder(long startPs)
    {
        this.startPs = startPs;
        previousPs = startPs;
    }

    public void EndInterval(long nowPs, long operations)
    {
        if (nowPs <= previousPs)
            return;
        ends.Add(Rates.ToMicroseconds(nowPs - startPs));
        rates.Add((operations - previousOperations)
            / ((nowPs - previousPs) / (double)Picoseconds.PerSecond));
        previousPs = nowPs;
        previousOperations = operations;
    }

    public IReadOnlyDictionary<string, IReadOnlyList<double?>> Result() =>
        new Dictionary<string, IReadOnlyList<double?>>
        {
            [RunResult.SeriesTimeKey] = ends,
            ["operations_per_s"] = rates,
        };
}
