using Disguise.Host.Results;

namespace Disguise.Host.Sweeps;

/// <summary>What the cells of a plan come to.</summary>
internal static class SweepResults
{
    /// <summary>All rows that count: by point, then architecture, then repeat.</summary>
    public static IReadOnlyList<SweepRow> Rows(SweepPlan plan) =>
        [.. plan.Cells.SelectMany(cell => cell.Rows)];

    /// <summary>A summary of each cell, in order.</summary>
    public static IReadOnlyList<PointResult> Points(SweepPlan plan) =>
        [.. plan.Cells.Select(cell => Point(cell, plan.Rule))];

    /// <summary>The hash of the rows' hashes in order; null where a row has none.</summary>
    public static string? Hash(SweepPlan plan) => ResultHash.Of(
        [.. Rows(plan).Select(row => new RunResult
        {
            Architecture = row.Architecture,
            Hash = row.Hash,
        })]);

    private static PointResult Point(SweepCell cell, RepeatRule rule)
    {
        var rows = cell.Rows;
        var interval = cell.Interval;
        return new PointResult
        {
            Settings = new Dictionary<string, string>(cell.Point.Settings),
            Architecture = cell.Architecture,
            N = interval.Count,
            Mean = interval.Mean,
            HalfWidth95 = interval.HalfWidth,
            LatencyUsMean = Mean(rows, row => row.LatencyUs.Mean),
            LatencyUsP99 = Mean(rows, row => row.LatencyUs.P99),
            NotServed = rows.Select(row => row.NotServed).DefaultIfEmpty().Max(),
            Reason = cell.Refusal,
            Stopped = cell.Refusal is not null ? PointResult.Refused
                : !cell.IsSettled ? PointResult.Interrupted
                : rule.UntilShare is not { } share ? PointResult.AllSeeds
                : interval.IsWithin(share) ? PointResult.NarrowEnough
                : PointResult.SeedsRanOut,
        };
    }

    private static double? Mean(IReadOnlyList<SweepRow> rows, Func<SweepRow, double?> value)
    {
        var known = rows.Select(value).OfType<double>().ToList();
        return known.Count == 0 ? null : known.Sum() / known.Count;
    }
}
