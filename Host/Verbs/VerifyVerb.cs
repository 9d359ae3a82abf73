using Disguise.Actors.Crossings;
using Disguise.Actors.Time;
using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Disguise.Host.Recording;
using Disguise.Host.Running;

namespace Disguise.Host.Verbs;

/// <summary>
/// <c>verify</c>: runs an experiment on several numbers of threads and compares the run hashes. A
/// difference is narrowed to its interval by the interval hashes, and that interval's first
/// differing crossing is printed.
/// </summary>
internal static class VerifyVerb
{
    public static int Verify(VerifyOptions options, Terminal terminal)
    {
        if (options.Nodes.Any(nodes => nodes != 1))
            throw new ExperimentError("--nodes", "runs on several nodes are not built yet", "1");
        var experiment = ExperimentFiles.Read(
            options.File, options.Common, options.Architectures, terminal);
        var architectures = ExperimentFiles.ToRun(
            experiment, options.Architectures, terminal, options.Common.Quiet);
        var costs = CostBook.Load(experiment);
        var equal = true;
        foreach (var architecture in architectures)
        {
            RunOutcome Run(int threads, (long FromPs, long UntilPs)? watched) =>
                new ArchitectureRun(
                    experiment, architecture, costs,
                    new RunSettings
                    {
                        Threads = threads,
                        Quiet = options.Common.Quiet,
                        WatchedInterval = watched,
                    },
                    terminal).Run();

            RunOutcome? reference = null;
            foreach (var threads in options.Threads)
            {
                var outcome = Run(threads, null);
                if (!outcome.IsComplete)
                    return ExitCodes.Interrupted;
                terminal.Output.WriteLine(
                    $"{architecture.Name} threads {threads}: {outcome.Result.Hash}");
                reference ??= outcome;
                if (RunHash.FirstDifference(reference.Hash, outcome.Hash) is not { } found)
                    continue;
                equal = false;
                Narrow(found, Run(options.Threads[0], (found.FromPs, found.ToPs)),
                    Run(threads, (found.FromPs, found.ToPs)), terminal);
            }
        }

        terminal.Output.WriteLine(equal ? "all hashes are equal" : "the hashes differ");
        return equal ? ExitCodes.Done : ExitCodes.CheckFailed;
    }

    private static void Narrow(
        HashDifference found, RunOutcome left, RunOutcome right, Terminal terminal)
    {
        terminal.Output.WriteLine(
            $"the runs first differ between {Picoseconds.Format(found.FromPs)} and "
            + Picoseconds.Format(found.ToPs));
        terminal.Output.WriteLine(
            IntervalTrace.FirstDifference(left.Interval!, right.Interval!)
            ?? "run again, that interval had equal crossings");
    }
}
