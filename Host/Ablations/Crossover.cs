using Disguise.Actors.Ledgers;
using Disguise.Hardware.Devices;
using Disguise.Host.Commands;
using Disguise.Host.Concurrency;
using Disguise.Host.Experiments;
using Disguise.Host.Results;
using Disguise.Host.Running;

namespace Disguise.Host.Ablations;

/// <summary>
/// Finds for each primitive cost by which factor it must move before two sides trade places in
/// operations a second. Counts of the ledger say which way it must go and whether that can be
/// enough; runs say where it turns.
/// </summary>
internal sealed class Crossover(Side from, Side to, Terminal terminal)
{
    /// <summary>The greatest factor that is tried.</summary>
    public const double GreatestFactor = 1_000;

    /// <summary>Fewest counts an operation for a cost to be on the path.</summary>
    private const double LeastCount = 0.001;

    /// <summary>
    /// What is left of a prediction's doubt: a gap of which this share can be closed is run.
    /// </summary>
    private const double Doubt = 0.25;

    private const double Resolution = 0.01;

    private static readonly CostKey[] Delays =
    [
        DeviceCosts.PciePostedWrite, DeviceCosts.PcieRead, DeviceCosts.DmaByte,
        DeviceCosts.NicReceivePipeline, DeviceCosts.NicTransmitPipeline,
        DeviceCosts.MsiXDelivery,
    ];

    private static readonly Dictionary<CostKey, long> Unchanged = [];

    private readonly CostBook costs = CostBook.Load(from.Experiment);
    private SideRun? fromRun;
    private SideRun? toRun;
    private int runs = 2;

    /// <summary>The two sides as they are; null where interrupted before.</summary>
    public IReadOnlyList<SideRun?> Runs => [fromRun, toRun];

    /// <summary>Searches all primitives; null when interrupted.</summary>
    /// <exception cref="ExperimentError">
    /// A side completes no operation, or neither is ahead.
    /// </exception>
    public CrossoverResult? Run(int threads, bool quiet)
    {
        var pool = new WorkerPool(threads, terminal.Interrupted);
        var bases = pool.RunAll<SideRun>(
            [() => SideRun.Of(from, Unchanged, terminal),
                () => SideRun.Of(to, Unchanged, terminal)],
            _ => { });
        (fromRun, toRun) = (bases[0], bases[1]);
        if (fromRun is null || toRun is null)
            return null;
        if (Lead(fromRun, toRun) == 0)
        {
            throw new ExperimentError(
                from.Experiment.File,
                $"{from.Name} and {to.Name} complete equally many operations: neither is ahead",
                "a closed loop, or more load");
        }

        var keys = costs.Keys.Where(IsOnPath).ToList();
        var progress = new RunsProgress("crossover, costs", terminal, quiet);
        var rows = new WorkerPool(threads, terminal.Interrupted).RunAll<CrossoverRow>(
            [.. keys.Select<CostKey, Func<CrossoverRow?>>(key => () => Search(key))],
            done => progress.Tick(done, keys.Count));
        progress.Clear();
        if (terminal.Interrupted.IsCancellationRequested)
            return null;
        return new CrossoverResult
        {
            FromName = from.Name,
            ToName = to.Name,
            FromOperationsPerSecond = fromRun.Values.OperationsPerSecond,
            ToOperationsPerSecond = toRun.Values.OperationsPerSecond,
            GreatestFactor = GreatestFactor,
            Rows =
            [
                .. rows.OfType<CrossoverRow>().OrderBy(Distance)
                    .ThenBy(row => row.Cost, StringComparer.Ordinal),
            ],
            Runs = runs,
        };
    }

    private bool IsOnPath(CostKey key) => costs.Table.Of(key) > 0
        && (Delays.Contains(key) || fromRun!.PerOperation(key.Name) >= LeastCount
            || toRun!.PerOperation(key.Name) >= LeastCount);

    /// <summary>A factor and its inverse are equally far; 0 is farther than all others.</summary>
    private static double Distance(CrossoverRow row) => row.Factor is not { } factor
        ? double.MaxValue
        : factor <= 0 ? double.MaxValue / 2 : Math.Abs(Math.Log(factor));

    private CrossoverRow Search(CostKey key)
    {
        var isDelay = Delays.Contains(key);
        var row = new CrossoverRow
        {
            Cost = key.Name,
            Source = key.Source.ToString().ToLowerInvariant(),
            CostPs = costs.Table.Of(key),
            FromPerOperation = isDelay ? null : fromRun!.PerOperation(key.Name),
            ToPerOperation = isDelay ? null : toRun!.PerOperation(key.Name),
        };
        var searched = row;
        foreach (var end in isDelay ? [0, GreatestFactor] : Ends(row))
        {
            searched = Between(key, end, row);
            if (searched.Factor is not null)
                return searched;
        }

        return searched;
    }

    /// <summary>
    /// The end towards which the cost closes the gap, by the counts: dearer where the side that is
    /// ahead has more of them, else cheaper. None where even there it cannot. The gap is that of
    /// latency, which counts in a closed loop, or of core time, which counts under saturation.
    /// </summary>
    private IReadOnlyList<double> Ends(CrossoverRow row)
    {
        var perOperation = row.FromPerOperation!.Value - row.ToPerOperation!.Value;
        if (perOperation == 0)
            return [];
        var end = perOperation * Lead(fromRun!, toRun!) > 0 ? GreatestFactor : 0;
        var gapPs = Math.Min(
            Math.Abs(toRun!.Values.LatencyPs - fromRun!.Values.LatencyPs),
            Math.Abs(toRun.ServicePs - fromRun.ServicePs));
        var wanted = gapPs / (Math.Abs(perOperation) * row.CostPs);
        return Math.Abs(end - 1) >= wanted * Doubt ? [end] : [];
    }

    /// <summary>Looks for the turn between the value as it is and an end, by bisection.</summary>
    private CrossoverRow Between(CostKey key, double end, CrossoverRow row)
    {
        var sign = Lead(fromRun!, toRun!);
        var at = Measure(key, end);
        if (Sign(at) != -sign)
            return row with { TriedFactor = end };
        var (same, turned) = (1.0, end);
        while (Math.Abs(turned - same) > Resolution * Math.Max(turned, same))
        {
            // Far apart they are halved as factors, close to each other or to 0 as numbers.
            var middle = turned > 4 * same && same > 0 ? Math.Sqrt(turned * same)
                : (turned + same) / 2;
            if (middle < Resolution)
                break;
            var found = Measure(key, middle);
            if (Sign(found) == -sign)
                (turned, at) = (middle, found);
            else
                same = middle;
        }

        return row with
        {
            Factor = turned,
            FromOperationsPerSecond = at.From,
            ToOperationsPerSecond = at.To,
        };
    }

    private (long From, long To) Measure(CostKey key, double factor)
    {
        var changed = new Dictionary<CostKey, long>
        {
            [key] = (long)Math.Round(costs.Table.Of(key) * factor),
        };
        return (Rate(from, fromRun!, key, changed), Rate(to, toRun!, key, changed));
    }

    /// <summary>A side that is never charged the cost runs as it is.</summary>
    private long Rate(
        Side side, SideRun unchanged, CostKey key, Dictionary<CostKey, long> changed)
    {
        if (!Delays.Contains(key) && unchanged.PerOperation(key.Name) == 0)
            return unchanged.Values.OperationsPerSecond;
        Interlocked.Increment(ref runs);
        return SideRun.TryOf(side, changed, terminal)?.Values.OperationsPerSecond ?? 0;
    }

    private static int Lead(SideRun left, SideRun right) =>
        Math.Sign(left.Values.OperationsPerSecond - right.Values.OperationsPerSecond);

    private static int Sign((long From, long To) rates) => Math.Sign(rates.From - rates.To);
}
