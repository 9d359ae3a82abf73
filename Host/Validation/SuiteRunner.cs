using Disguise.Host.Commands;
using Disguise.Host.Running;

namespace Disguise.Host.Validation;

/// <summary>
/// Makes the runs of a suite, several at a time: each emulation is on one thread, so that as many
/// run as there are threads.
/// </summary>
internal sealed class SuiteRunner
{
    private readonly IReadOnlyList<PlannedRun> runs;
    private readonly RunOutcome?[] outcomes;
    private readonly Terminal terminal;
    private readonly SuiteProgress progress;
    private int next = -1;
    private Exception? failure;

    public SuiteRunner(
        string suite, IReadOnlyList<PlannedRun> runs, Terminal terminal, bool quiet)
    {
        this.runs = runs;
        this.terminal = terminal;
        outcomes = new RunOutcome?[runs.Count];
        progress = new SuiteProgress(
            suite, runs.Count(run => run.Architecture is not null), terminal, quiet);
    }

    /// <summary>
    /// Makes them all, or as many as there is time for before an interruption, and gives their
    /// outcomes in order; null for a run that was not made.
    /// </summary>
    public IReadOnlyList<RunOutcome?> Make(int threads)
    {
        var workers = new Thread[Math.Clamp(threads, 1, Math.Max(1, runs.Count))];
        for (var index = 0; index < workers.Length; index++)
        {
            workers[index] = new Thread(Work) { IsBackground = true };
            workers[index].Start();
        }

        foreach (var worker in workers)
            worker.Join();
        progress.Clear();
        if (failure is not null)
            throw new InvalidOperationException("a run of the suite failed", failure);
        return outcomes;
    }

    private void Work()
    {
        while (!terminal.Interrupted.IsCancellationRequested && failure is null)
        {
            var index = Interlocked.Increment(ref next);
            if (index >= runs.Count)
                return;
            if (runs[index].Architecture is null)
                continue;
            try
            {
                outcomes[index] = runs[index].Make(terminal);
            }
            catch (Exception cause)
            {
                failure = cause;
                return;
            }

            progress.OneMore(runs[index].Run.Name);
        }
    }
}
