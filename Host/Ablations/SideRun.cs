using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Disguise.Host.Results;
using Disguise.Host.Running;

namespace Disguise.Host.Ablations;

/// <summary>One run of a side, some of whose costs were changed.</summary>
/// <param name="Values">Mean latency and operations a second.</param>
/// <param name="Outcome">The run.</param>
internal sealed record SideRun(AblationValues Values, RunOutcome Outcome)
{
    /// <summary>Runs a side with changed costs, on this thread; null when interrupted.</summary>
    /// <exception cref="ExperimentError">No operation completed.</exception>
    public static SideRun? Of(
        Side side, IReadOnlyDictionary<CostKey, long> changedCostsPs, Terminal terminal) =>
        TryOf(side, changedCostsPs, terminal) is { } run ? run
            : terminal.Interrupted.IsCancellationRequested ? null
            : throw new ExperimentError(
                side.Experiment.File,
                $"no operation completed under {side.Name}: nothing to compare",
                "a longer duration, or another load");

    /// <summary>As <see cref="Of"/>; null also where no operation completed.</summary>
    public static SideRun? TryOf(
        Side side, IReadOnlyDictionary<CostKey, long> changedCostsPs, Terminal terminal)
    {
        var costs = CostBook.Load(side.Experiment).With(changedCostsPs);
        var outcome = new ArchitectureRun(
            side.Experiment, side.Architecture, costs,
            new RunSettings { Threads = 1, Quiet = true }, terminal).Run();
        if (!outcome.IsComplete || outcome.Result is not
            { Operations: > 0 and var count, LatencyUs.Mean: { } latencyUs })
            return null;
        var perSecond = Int128.CreateChecked(count) * Picoseconds.PerSecond;
        return new SideRun(
            new AblationValues(
                (long)Math.Round(latencyUs * Picoseconds.PerMicrosecond),
                (long)(perSecond / side.Experiment.DurationPs)),
            outcome);
    }

    /// <summary>How many of a cost were charged to cores, for one operation.</summary>
    public double PerOperation(string cost) =>
        Outcome.Report.Ledger.Where(line => line.Key == cost).Sum(line => line.Count)
        / (double)Outcome.Result.Operations!.Value;

    /// <summary>Core time charged for one operation, spinning left out, picoseconds.</summary>
    public double ServicePs =>
        Outcome.Report.Ledger
            .Where(line => line.Key != HardwareCosts.Poll.Name)
            .Sum(line => (double)line.TimePs)
        / Outcome.Result.Operations!.Value;

    /// <summary>Costs of platform and profile that were charged to cores, by name.</summary>
    public IReadOnlyList<string> Charged() =>
    [
        .. Outcome.Report.Ledger
            .Where(line => line.Source != "experiment" && line.Count > 0)
            .Select(line => line.Key).Distinct().Order(StringComparer.Ordinal),
    ];
}
