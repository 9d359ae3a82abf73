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
    private const string Interrupted = "interrupted";

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
        var frame = ResultBuilder.Frame(from.Experiment, common) with { Threads = threads };
        var result = options.Crossover
            ? Cross(frame, new Crossover(from, to, terminal), threads, common.Quiet)
            : Ablate(frame, new Ablation(from, to, terminal), threads, common.Quiet);
        result = result with
        {
            WallSeconds = ProcessStart.SecondsSince(),
            Hash = ResultHash.Of(result.Runs),
        };
        Write(result, from, to, common, terminal);
        return result.Status == Interrupted ? ExitCodes.Interrupted
            : result.Runs.Any(run => run.Referees.Any(referee => referee.Violations > 0))
                ? ExitCodes.CheckFailed
                : ExitCodes.Done;
    }

    private static ExperimentResult Ablate(
        ExperimentResult frame, Ablation ablation, int threads, bool quiet) =>
        ablation.Run(threads, quiet) is { } worths
            ? frame with
            {
                Ablation = worths,
                Runs = Results([ablation.Runs[0]!, ablation.Runs[^1]!]),
            }
            : frame with
            {
                Status = Interrupted,
                Runs = Results([ablation.Runs[0], ablation.Runs[^1]]),
            };

    private static ExperimentResult Cross(
        ExperimentResult frame, Crossover crossover, int threads, bool quiet) =>
        crossover.Run(threads, quiet) is { } found
            ? frame with { Crossover = found, Runs = Results(crossover.Runs) }
            : frame with { Status = Interrupted, Runs = Results(crossover.Runs) };

    private static void Write(
        ExperimentResult result, Side from, Side to, CommonOptions common, Terminal terminal)
    {
        var experiment = from.Experiment;
        var folder = RunFolder.Create(
            RunsFolder, experiment.Name, (long)experiment.Seed, common.Out,
            experiment.EffectiveYaml);
        folder.Write(result, AblationReport.Render(
            result, from.Name, to.Name, experiment.EffectiveYaml,
            [
                ("status", result.Status),
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
        else if (result.Crossover is not null)
            CrossoverTable.Write(terminal.Output, result, circumstances);
        else
            terminal.Error.WriteLine("disguise: interrupted before there was an answer");
        foreach (var run in result.Runs)
        {
            foreach (var referee in run.Referees.Where(referee => referee.Violations > 0))
            {
                terminal.Error.WriteLine(
                    $"{run.Architecture}: referee {referee.Name}: {referee.Violations} "
                    + "violations");
            }
        }

        if (!common.Quiet)
            terminal.Error.WriteLine($"report: {folder.ReportPath}");
    }

    private static IReadOnlyList<RunResult> Results(IEnumerable<SideRun?> runs) =>
        [.. runs.OfType<SideRun>().Select(run => run.Outcome.Result)];
}
