using Disguise.Actors.Time;
using Disguise.Host.Results;

namespace Disguise.Host.Running;

/// <summary>Operations a second, interval by interval, of all and of each group.</summary>
internal sealed class SeriesRecorder
{
    private const string AllKey = "operations_per_s";

    private readonly List<double?> ends = [];
    private readonly Rate all = new();
    private readonly (string Key, Rate Rate)[] groups;
    private readonly long startPs;
    private long previousPs;

    /// <summary>Series from a time on.</summary>
    /// <param name="startPs">The time.</param>
    /// <param name="groups">The groups' names; one alone is what all are.</param>
    public SeriesRecorder(long startPs, IReadOnlyList<string> groups)
    {
        this.startPs = startPs;
        previousPs = startPs;
        this.groups = groups.Count < 2 ? []
            : [.. groups.Select(name => (RunResult.GroupSeriesPrefix + name, new Rate()))];
    }

    /// <summary>The keys of the series of an experiment with groups of some names.</summary>
    public static IReadOnlyList<string> KeysOf(IReadOnlyList<string> groups) =>
        groups.Count < 2 ? [RunResult.SeriesTimeKey, AllKey]
        :
        [
            RunResult.SeriesTimeKey, AllKey,
            .. groups.Select(name => RunResult.GroupSeriesPrefix + name),
        ];

    /// <summary>An interval has ended.</summary>
    /// <param name="nowPs">When.</param>
    /// <param name="operations">Operations so far.</param>
    /// <param name="ofGroup">Those of a group, by its number; null where nobody counts them.
    /// </param>
    public void EndInterval(long nowPs, long operations, Func<int, long?> ofGroup)
    {
        if (nowPs <= previousPs)
            return;
        var seconds = (nowPs - previousPs) / (double)Picoseconds.PerSecond;
        ends.Add(Rates.ToMicroseconds(nowPs - startPs));
        all.End(operations, seconds);
        for (var group = 0; group < groups.Length; group++)
            groups[group].Rate.End(ofGroup(group), seconds);
        previousPs = nowPs;
    }

    public IReadOnlyDictionary<string, IReadOnlyList<double?>> Result()
    {
        var series = new Dictionary<string, IReadOnlyList<double?>>
        {
            [RunResult.SeriesTimeKey] = ends,
            [AllKey] = all.Values,
        };
        foreach (var (key, rate) in groups)
            series[key] = rate.Values;
        return series;
    }

    private sealed class Rate
    {
        private long previous;

        public List<double?> Values { get; } = [];

        public void End(long? operations, double seconds)
        {
            Values.Add((operations - previous) / seconds);
            previous = operations ?? previous;
        }
    }
}
