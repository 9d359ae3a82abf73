using Disguise.Host.Commands;
using Disguise.Host.Concurrency;
using Disguise.Host.Running;

namespace Disguise.Host.Validation;

/// <summary>Makes the runs of a suite, several at a time, each on one thread.</summary>
internal sealed class SuiteRunner(
    string what, IReadOnlyList<PlannedRun> runs, Terminal terminal, bool quiet)
{
    /// <summary>
    /// Makes them all, or those that are done at an interruption, and gives their outcomes in
    /// order; null for a run that was not made.
    /// </summary>
    public IReadOnlyList<RunOutcome?> Make(int threads)
    {
        var outcomes = new RunOutcome?[runs.Count];
        var wanted = new Queue<int>(Enumerable.Range(0, runs.Count)
            .Where(index => runs[index].Architecture is not null));
        var total = wanted.Count;
        var progress = new RunsProgress(what, terminal, quiet);
        new WorkerPool(threads, terminal.Interrupted).Run(
            () => wanted.TryDequeue(out var index) ? Tuple.Create(index) : null,
            piece => runs[piece.Item1].Make(terminal),
            (piece, outcome) => outcomes[piece.Item1] = outcome,
            () => progress.Tick(outcomes.Count(outcome => outcome is not null), total));
        progress.Clear();
        return outcomes;
    }
}
