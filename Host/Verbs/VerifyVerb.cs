using Disguise.Host.Commands;
using Disguise.Host.Experiments;
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
        var json = options.Common.Json;
        var runs = new List<(string Architecture, int Threads, string? Hash)>();
        var differences = new List<Difference>();
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
            foreach (var threads in TwoAtLeast(options.Threads))
            {
                var outcome = Run(threads, null);
                if (!outcome.IsComplete)
                    return ExitCodes.Interrupted;
                runs.Add((architecture.Name, threads, outcome.Result.Hash));
                if (!json)
                {
                    terminal.Output.WriteLine(
                        $"{architecture.Name} threads {threads}: {outcome.Result.Hash}");
                }

                reference ??= outcome;
                if (RunComparison.Find(
                    reference, outcome, watched => Run(options.Threads[0], watched),
                    watched => Run(threads, watched)) is not { } found)
                    continue;
                differences.Add(new Difference(architecture.Name, threads, found));
                if (!json)
                    found.Print(terminal.Output);
            }
        }

        if (json)
            Write(runs, differences, terminal);
        else
            terminal.Output.WriteLine(
                differences.Count == 0 ? "all hashes are equal" : "the hashes differ");
        return differences.Count == 0 ? ExitCodes.Done : ExitCodes.CheckFailed;
    }

    private static void Write(
        List<(string Architecture, int Threads, string? Hash)> runs,
        List<Difference> differences, Terminal terminal) =>
        JsonOutput.Write(terminal, json =>
        {
            json.WriteBoolean("equal", differences.Count == 0);
            JsonOutput.Array(json, "runs", runs, run =>
            {
                json.WriteString("architecture", run.Architecture);
                json.WriteNumber("threads", run.Threads);
                json.WriteString("hash", run.Hash);
            });
            JsonOutput.Array(json, "differences", differences, found =>
            {
                json.WriteString("architecture", found.Architecture);
                json.WriteNumber("threads", found.Threads);
                json.WriteNumber("from_ps", found.Found.FromPs);
                json.WriteNumber("until_ps", found.Found.UntilPs);
                json.WriteString("first", found.Found.First);
            });
        });

    /// <summary>One number is run twice: a comparison takes two runs.</summary>
    private static IReadOnlyList<int> TwoAtLeast(IReadOnlyList<int> threads) =>
        threads.Count == 1 ? [threads[0], threads[0]] : threads;

    private sealed record Difference(string Architecture, int Threads, RunComparison Found);
}
