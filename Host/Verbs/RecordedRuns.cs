using System.Text;
using Disguise.Host.Commands;
using Disguise.Host.Concurrency;
using Disguise.Host.Experiments;
using Disguise.Host.Reports;
using Disguise.Host.Results;
using Disguise.Host.RunFolders;
using Disguise.Host.Running;
using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Verbs;

/// <summary>
/// Runs an experiment under some architectures, and leaves a folder with the result: small ones
/// side by side on the cores of this host, others one after the other on all of them.
/// </summary>
internal sealed class RecordedRuns
{
    private const string RunsFolder = "runs";

    private readonly Experiment experiment;
    private readonly IReadOnlyList<IArchitecture> architectures;
    private readonly CommonOptions common;
    private readonly Terminal terminal;
    private readonly CostBook costs;
    private readonly int threads;

    public RecordedRuns(
        Experiment experiment, IReadOnlyList<IArchitecture> architectures, CommonOptions common,
        Terminal terminal)
    {
        this.experiment = Recordings.WithPcap(experiment, common.Pcap);
        this.architectures = architectures;
        this.common = common;
        this.terminal = terminal;
        costs = CostBook.Load(experiment);
        threads = ThreadChoice.For(experiment, common.Threads);
    }

    /// <summary>
    /// Runs, writes the folder, prints the result. Gives the exit code.
    /// </summary>
    /// <param name="baseline">
    /// The architecture to which the table has ratios; null for none.
    /// </param>
    public int Run(string? baseline)
    {
        var folder = RunFolder.Create(
            RunsFolder, experiment.Name, (long)experiment.Seed, common.Out,
            experiment.EffectiveYaml);
        var runs = new SideBySide<(RunOutcome Outcome, ExplainedRequest? Request)>(
            "compare", terminal, common.Quiet)
        {
            AtATime = ThreadChoice.RunsAtATime(experiment, architectures.Count, common.Threads),
        };
        try
        {
            var done = runs.Run(
                architectures.Count,
                (index, isAlone) => Run(architectures[index], folder, isAlone),
                run => run.Outcome.IsComplete);
            return Finish(folder, done, baseline);
        }
        catch (Exception failure) when (failure is ExperimentError
            || MachineTooSmallException.Behind(failure) is not null)
        {
            folder.Discard();
            throw;
        }
    }

    private (RunOutcome Outcome, ExplainedRequest? Request) Run(
        IArchitecture architecture, RunFolder folder, bool isAlone)
    {
        var outcome = new ArchitectureRun(
            experiment, architecture, costs,
            new RunSettings
            {
                Threads = threads,
                Quiet = common.Quiet || !isAlone,
                WithoutNotes = common.Quiet,
                TracePath = experiment.Recording.Trace
                    ? PathFor(folder.TracePath, architecture.Name) : null,
                PacketsPath = PathFor(folder.PacketsPath, architecture.Name),
            },
            terminal).Run();
        return (outcome, outcome.IsComplete
            ? ShownRequest.Explain(experiment, architecture, costs, terminal) : null);
    }

    private int Finish(
        RunFolder folder,
        IReadOnlyList<(RunOutcome Outcome, ExplainedRequest? Request)> runs, string? baseline)
    {
        RunOutcome[] outcomes = [.. runs.Select(run => run.Outcome)];
        var result = ResultBuilder.Build(experiment, common, outcomes);
        var report = Report.Render(new ReportData(
            result, experiment.EffectiveYaml, [.. outcomes.Select(outcome => outcome.Report)])
        {
            Requests = [.. runs.Select(run => run.Request).OfType<ExplainedRequest>()],
        });
        folder.Write(result, report);
        LatestRun.PointAt(RunsFolder, folder, terminal);
        foreach (var run in result.Runs)
            NameFailures(run);
        if (common.Json)
        {
            terminal.Output.WriteLine(Encoding.UTF8.GetString(ResultJson.ToUtf8Bytes(result)));
        }
        else
        {
            ResultTable.Write(
                terminal.Output, result, TerminalColour.IsWanted,
                result.Runs.FirstOrDefault(run => run.Architecture == baseline));
        }

        if (!common.Quiet)
            terminal.Error.WriteLine($"report: {folder.ReportPath}");
        return outcomes.Length < architectures.Count
            || outcomes.Any(outcome => !outcome.IsComplete) ? ExitCodes.Interrupted
            : Failed(result) ? ExitCodes.CheckFailed
            : ExitCodes.Done;
    }

    private static bool Failed(ExperimentResult result) =>
        result.Checks.Any(check => check.Holds == false)
        || result.Runs.Any(run => run.Referees.Any(referee => referee.Violations > 0));

    private void NameFailures(RunResult run)
    {
        Name(run.Refusals.Select(refusal => $"{refusal.Address}: not served: {refusal.Reason}"));
        Name(run.Crashed.Select(crash =>
            $"{crash.Address}: crashed {When(crash)}: {crash.Reason}"));
    }

    private void Name(IEnumerable<string> failures)
    {
        const int Shown = 5;
        var all = failures.ToList();
        foreach (var failure in all.Take(Shown))
            terminal.Error.WriteLine(failure);
        if (all.Count > Shown)
            terminal.Error.WriteLine($"and {all.Count - Shown} more");
    }

    private static string When(CrashedTenant crash) =>
        (crash.AtUs < 0 ? "before it was measured" : $"at {ResultText.Number(crash.AtUs)} us")
        + (crash.After is { } injection ? $", after {injection}" : "");

    /// <summary>One recording a run: the architecture's name joins where there are several.
    /// </summary>
    private string PathFor(string path, string architecture) => architectures.Count == 1 ? path
        : Path.Combine(
            Path.GetDirectoryName(path)!,
            $"{Path.GetFileNameWithoutExtension(path)}-{architecture}{Path.GetExtension(path)}");
}
