using Disguise.Host.Reports;
using Disguise.Host.Results;
using Disguise.Host.Running;

namespace Disguise.Host.Validation;

/// <summary>
/// The results of a suite's runs, by path: <c>RUN.PATH</c> as in <c>result.json</c>, and
/// <c>RUN.ledger_us.ITEM</c>.
/// </summary>
internal sealed class SuiteMeasurements
{
    // Of what is served: less is not worth a line.
    private const double ShownShare = 0.01;

    private readonly SortedDictionary<string, RunOutcome> outcomes =
        new(StringComparer.Ordinal);
    private readonly ResultPaths paths;

    /// <summary>Takes the runs that were made to their end.</summary>
    public SuiteMeasurements(
        IReadOnlyList<PlannedRun> runs, IReadOnlyList<RunOutcome?> made)
    {
        for (var index = 0; index < runs.Count; index++)
        {
            if (made[index] is { IsComplete: true } outcome)
                outcomes.Add(runs[index].Run.Name, outcome);
        }

        // In these paths a run's own name stands where an architecture's does otherwise.
        var result = new ExperimentResult
        {
            Status = "complete",
            Experiment = "",
            Version = "",
            Seed = 0,
            Rerun = "",
            Runs = [.. outcomes.Select(pair =>
                pair.Value.Result with { Architecture = pair.Key })],
        };
        paths = new ResultPaths(result, [.. runs.Select(run => run.Run.Name)]);
    }

    /// <summary>
    /// A row with what bears on it if it is not met: what runs that it takes its values from
    /// dropped, and where.
    /// </summary>
    public RowOutcome WithSeen(RowOutcome row)
    {
        if (row.Verdict is not (RowVerdict.Unmet or RowVerdict.Fails))
            return row;
        var names = row.Row.Paths.Select(path => path.Split('.')[0]).Distinct();
        return row with
        {
            Seen = [.. names.Select(DroppedBy).OfType<string>()],
        };
    }

    /// <summary>The number at a path.</summary>
    public ResultValue Find(string path)
    {
        if (!LedgerItems.IsPath(path, out var item))
            return paths.Find(path);
        if (!outcomes.TryGetValue(path.Split('.')[0], out var outcome))
            return ResultValue.NotMeasured(path);
        IReadOnlyList<LedgerLine> ledger = outcome.Report.Ledger;
        return LedgerItems.PerOperation(item, ledger, outcome.Result.Operations) is { } value
            ? ResultValue.Of(value) : ResultValue.NotMeasured(path);
    }

    private string? DroppedBy(string run)
    {
        if (!outcomes.TryGetValue(run, out var outcome)
            || outcome.Result.Operations is not (> 0 and var served)
            || outcome.Result.Packets.Dropped is not { } dropped)
        {
            return null;
        }

        var reasons = dropped
            .Where(pair => pair.Value >= served * ShownShare)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{ResultText.Number((double)pair.Value / served)} {pair.Key}")
            .ToList();
        return reasons.Count == 0 ? null
            : $"{run} drops for each request that it serves {string.Join(", ", reasons)}";
    }
}
