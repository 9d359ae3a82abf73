using System.Text;
using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Reports;
using Disguise.Host.Results;
using Disguise.Host.RunFolders;
using Disguise.Host.Running;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Verbs;

/// <summary><c>run</c> and <c>compare</c>: an experiment from file to folder.</summary>
internal static class RunVerb
{
    private const string RunsFolder = "runs";

    public static int Run(RunOptions options, Terminal terminal) => Run(
        options, terminal,
        experiment => ExperimentFiles.ToRun(
            experiment, options.Architectures, terminal, options.Common.Quiet));

    /// <summary>Under every architecture of the file that is built; the others are named.
    /// </summary>
    public static int Compare(RunOptions options, Terminal terminal)
    {
        if (Directory.Exists(options.File))
        {
            throw new ExperimentError(
                options.File, "comparing finished runs is not built yet", "an experiment file");
        }

        return Run(
            options, terminal,
            experiment => ExperimentFiles.BuiltOnes(experiment, terminal, options.Common.Quiet));
    }

    private static int Run(
        RunOptions options, Terminal terminal,
        Func<Experiment, IReadOnlyList<IArchitecture>> choose)
    {
        if (options.Nodes is > 1)
            throw new ExperimentError("--nodes", "runs on several nodes are not built yet", "1");
        var common = options.Common;
        var experiment = ExperimentFiles.Read(
            options.File, common, options.Architectures, terminal);
        ExperimentFiles.SayWhoSweeps(experiment, terminal, common.Quiet);
        var architectures = choose(experiment);
        experiment = Recordings.WithPcap(experiment, common.Pcap);
        var costs = CostBook.Load(experiment);
        var folder = RunFolder.Create(
            RunsFolder, experiment.Name, (long)experiment.Seed, common.Out,
            experiment.EffectiveYaml);
        var outcomes = new List<RunOutcome>();
        foreach (var architecture in architectures)
        {
            outcomes.Add(new ArchitectureRun(
                experiment, architecture, costs,
                new RunSettings
                {
                    Threads = ThreadChoice.For(experiment, common.Threads),
                    Quiet = common.Quiet,
                    TracePath = experiment.Recording.Trace
                        ? PathFor(folder.TracePath, architecture.Name, architectures.Count)
                        : null,
                    PacketsPath =
                        PathFor(folder.PacketsPath, architecture.Name, architectures.Count),
                },
                terminal).Run());
            if (!outcomes[^1].IsComplete)
                break;
        }

        return Finish(experiment, common, folder, outcomes, terminal);
    }

    private static int Finish(
        Experiment experiment, CommonOptions common, RunFolder folder, List<RunOutcome> outcomes,
        Terminal terminal)
    {
        var result = ResultBuilder.Build(experiment, common, outcomes);
        var report = Report.Render(new ReportData(
            result, experiment.EffectiveYaml, [.. outcomes.Select(outcome => outcome.Report)]));
        folder.Write(result, report);
        LatestRun.PointAt(RunsFolder, folder, terminal);
        foreach (var outcome in outcomes)
            NameFailures(outcome, terminal);
        if (common.Json)
            terminal.Output.WriteLine(Encoding.UTF8.GetString(ResultJson.ToUtf8Bytes(result)));
        else
            ResultTable.Write(terminal.Output, result, TerminalColour.IsWanted);
        if (!common.Quiet)
            terminal.Error.WriteLine($"report: {folder.ReportPath}");
        return outcomes.Exists(outcome => !outcome.IsComplete) ? ExitCodes.Interrupted
            : Failed(result) ? ExitCodes.CheckFailed
            : ExitCodes.Done;
    }

    private static bool Failed(ExperimentResult result) =>
        result.Checks.Any(check => check.Holds == false)
        || result.Runs.Any(run => run.Referees.Any(referee => referee.Violations > 0));

    private static void NameFailures(RunOutcome outcome, Terminal terminal)
    {
        const int Shown = 5;
        foreach (var (address, reason) in outcome.Failures.Take(Shown))
            terminal.Error.WriteLine($"{address}: not served: {reason}");
        if (outcome.Failures.Count > Shown)
            terminal.Error.WriteLine($"and {outcome.Failures.Count - Shown} more");
    }

    /// <summary>One recording a run: the architecture's name joins where there are several.
    /// </summary>
    private static string PathFor(string path, string architecture, int runs) => runs == 1 ? path
        : Path.Combine(
            Path.GetDirectoryName(path)!,
            $"{Path.GetFileNameWithoutExtension(path)}-{architecture}{Path.GetExtension(path)}");
}
