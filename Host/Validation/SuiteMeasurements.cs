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
}
