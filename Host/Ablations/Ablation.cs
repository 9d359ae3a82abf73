using Disguise.Actors.Ledgers;
using Disguise.Host.Commands;
using Disguise.Host.Concurrency;
using Disguise.Host.Experiments;
using Disguise.Host.Results;
using Disguise.Host.Running;

namespace Disguise.Host.Ablations;

/// <summary>
/// Takes mechanisms away from one side until what remains is held against the other: one run for
/// every subset of the mechanisms, and one for the other side.
/// </summary>
internal sealed class Ablation(Side from, Side to, Terminal terminal)
{
    private readonly IReadOnlyList<Mechanism> mechanisms = Mechanisms.All;
    private readonly IReadOnlyList<CostKey> keys = CostBook.Load(from.Experiment).Keys;

    /// <summary>
    /// The runs: every subset by its bits, then the other side; null for what was not run.
    /// </summary>
    public IReadOnlyList<SideRun?> Runs { get; private set; } = [null];

    /// <summary>
    /// Makes all runs and says what each mechanism is worth; null when interrupted.
    /// </summary>
    /// <exception cref="ExperimentError">A side completes no operation.</exception>
    public AblationResult? Run(int threads, bool quiet)
    {
        var subsets = 1 << mechanisms.Count;
        var pieces = new List<Func<SideRun?>>
        {
            () => SideRun.Of(to, new Dictionary<CostKey, long>(), terminal),
        };
        for (var subset = 0; subset < subsets; subset++)
        {
            var removed = ZeroCosts(subset);
            pieces.Add(() => SideRun.Of(from, removed, terminal));
        }

        var progress = new RunsProgress("ablate", terminal, quiet);
        var runs = new WorkerPool(threads, terminal.Interrupted).RunAll(
            pieces, done => progress.Tick(done, pieces.Count));
        progress.Clear();
        Runs = [.. runs.Skip(1), runs[0]];
        return Runs.All(run => run is not null)
            ? Result(subsets, [.. Runs.OfType<SideRun>()]) : null;
    }

    private AblationResult Result(int subsets, IReadOnlyList<SideRun> runs)
    {
        AblationValues Values(int subset) => runs[subset].Values;
        var latencies = Worths.Of(mechanisms.Count, subset => Values(subset).LatencyPs);
        var rates = Worths.Of(
            mechanisms.Count, subset => -Values(subset).OperationsPerSecond);
        var charged = runs[0].Charged();
        var all = Values(subsets - 1);
        var last = runs[subsets].Values;
        return new AblationResult
        {
            FromName = from.Name,
            ToName = to.Name,
            From = Values(0),
            Mechanisms =
            [
                .. mechanisms.Select((mechanism, index) => new MechanismWorth
                {
                    Name = mechanism.Name,
                    Meaning = mechanism.Meaning,
                    Costs = [.. mechanism.Costs.Where(charged.Contains)],
                    LatencyPs = latencies[index],
                    OperationsPerSecond = rates[index],
                }),
            ],
            AllRemoved = all,
            Rest = new AblationValues(
                all.LatencyPs - last.LatencyPs,
                last.OperationsPerSecond - all.OperationsPerSecond),
            RestCosts =
            [
                .. charged.Where(cost =>
                    !mechanisms.Any(mechanism => mechanism.Costs.Contains(cost))),
            ],
            To = last,
            Orders = Enumerable.Range(1, mechanisms.Count)
                .Aggregate(1L, (product, factor) => product * factor),
            Subsets =
            [
                .. Enumerable.Range(0, subsets).Select(subset => new AblationSubset(
                    [.. Removed(subset).Select(mechanism => mechanism.Name)], Values(subset),
                    runs[subset].Outcome.Result.Hash)),
            ],
        };
    }

    private IEnumerable<Mechanism> Removed(int subset) =>
        mechanisms.Where((_, index) => (subset & (1 << index)) != 0);

    private Dictionary<CostKey, long> ZeroCosts(int subset) =>
        Removed(subset)
            .SelectMany(mechanism => mechanism.Costs)
            .ToDictionary(name => keys.Single(key => key.Name == name), _ => 0L);
}
