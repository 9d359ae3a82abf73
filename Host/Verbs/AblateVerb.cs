using System.Text;
using Disguise.Host.Ablations;
using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Disguise.Host.Results;
using Disguise.Host.RunFolders;

namespace Disguise.Host.Verbs;

/// <summary>
/// <c>ablate</c>: what each mechanism between two architectures is worth, or how far a primitive
/// must move before they trade places.
/// </summary>
internal static class AblateVerb
{
    private const string RunsFolder = "runs";

    public static int Ablate(AblateOptions options, Terminal terminal)
    {
        var common = options.Common;
        if (common.Trace || common.Pcap.Count > 0)
        {
            throw new ExperimentError(
                common.Trace ? "--trace" : "--pcap", "an ablation records nothing",
                "run of one architecture");
        }

        var from = Side.Read(options.File, common, "--from", options.From);
        var to = Side.Read(options.File, common, "--to", options.To);
        if (from.Name == to.Name)
        {
            throw new ExperimentError(
                $"--from {from.Name} --to {to.Name}", "both sides are the same",
                "two architectures, or two interfaces");
        }

        ExperimentFiles.SayWhatIsMissing(from.Experiment, terminal, common.Quiet);
        ExperimentFiles.SayWhoSweeps(from.Experiment, terminal, common.Quiet);
        var threads = common.Threads ?? Environment.ProcessorCount;
        var (result, runs) = Measure(options, from, to, threads, terminal);
        result = result with
        {
            Threads = threads,
            WallSeconds = ProcessStart.SecondsSince(),
            Runs = runs,
            Hash = ResultHash.Of(runs),
        };
        Write(result, from, common, terminal);
        return runs.Any(run => run.Referees.Any(referee => referee.Violations > 0))
            ? ExitCodes.CheckFailed : ExitCodes.Done;
    }

    private static (ExperimentResult Result, IReadOnlyList<RunResult> Runs) Measure(
        AblateOptions options, Side from, Side to, int threads, Terminal terminal)
    {
        var frame = ResultBuilder.Frame(from.Experiment, options.Common);
        if (options.Crossover)
        {
            var crossover = new Crossover(from, to, terminal);
            var found = crossover.Run(threads, options.Common.Quiet);
            return (frame with { Crossover = found }, Results(crossover.Runs));
        }

        var ablation = new Ablation(from, to, terminal);
        var worths = ablation.Run(threads, options.Common.Quiet);
        return (
            frame with { Ablation = worths },
            Results([ablation.Runs[0], ablation.Runs[^1]]));
    }

    private static void Write(
        ExperimentResult result, Side from, CommonOptions common, Terminal terminal)
    {
        var experiment = from.Experiment;
        var folder = RunFolder.Create(
            RunsFolder, experiment.Name, (long)experiment.Seed, common.Out,
            experiment.EffectiveYaml);
        folder.Write(result, AblationReport.Render(
            result, experiment.EffectiveYaml,
            [
                ("platform", experiment.Platform),
                ("profile", experiment.Profile),
                ("seed", $"{experiment.Seed}"),
                ("wall time", $"{ResultText.Number(result.WallSeconds)} s"),
            ]));
        LatestRun.PointAt(RunsFolder, folder, terminal);
        var circumstances = $"platform {experiment.Platform}, profile {experiment.Profile}, seed "
            + $"{experiment.Seed}, {ResultText.Number(result.WallSeconds)} s";
        if (common.Json)
            terminal.Output.WriteLine(Encoding.UTF8.GetString(ResultJson.ToUtf8Bytes(result)));
        else if (result.Ablation is not null)
            AblationTable.Write(terminal.Output, result, circumstances);
        else
            CrossoverTable.Write(terminal.Output, result, circumstances);
        if (!common.Quiet)
            terminal.Error.WriteLine($"report: {folder.ReportPath}");
    }

    private static IReadOnlyList<RunResult> Results(IReadOnlyList<SideRun> runs) =>
        [.. runs.Select(run => run.Outcome.Result)];
}
