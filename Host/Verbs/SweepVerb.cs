using System.Text;
using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Disguise.Host.Results;
using Disguise.Host.RunFolders;
using Disguise.Host.Sweeps;

namespace Disguise.Host.Verbs;

/// <summary><c>sweep</c>: all points of an experiment, each until its mean is known.</summary>
internal static class SweepVerb
{
    private const string RunsFolder = "runs";

    public static int Sweep(SweepOptions options, Terminal terminal)
    {
        var common = options.Common;
        var plan = SweepPlan.Read(options.File, common, options.Architectures);
        var experiment = plan.Experiment;
        if (common.Trace || common.Pcap.Count > 0)
        {
            throw new ExperimentError(
                common.Trace ? "--trace" : "--pcap", "a sweep records nothing",
                "run with --set for one of its points");
        }

        ExperimentFiles.SayWhatIsMissing(experiment, terminal, common.Quiet);
        if (plan.Missing.Count > 0 && !common.Quiet)
        {
            terminal.Error.WriteLine(
                $"{experiment.File}: not built yet, left out: {string.Join(", ", plan.Missing)}");
        }

        if (experiment.Expectations.Count > 0 && !common.Quiet)
        {
            terminal.Error.WriteLine(
                $"{experiment.File}: expect: is checked by run and compare, not by a sweep");
        }

        using var folder = SweepFolder.Open(
            RunsFolder, experiment, common.Out, SweepIdentity.Of(experiment, plan));
        if (folder.Journal.Rows.Count > 0 && !common.Quiet)
        {
            terminal.Error.WriteLine(
                $"{folder.Folder.FullPath}: goes on after {folder.Journal.Rows.Count} runs");
        }

        var threads = common.Threads ?? Environment.ProcessorCount;
        var isComplete = new SweepRunner(plan, folder.Journal, terminal)
            .Run(threads, common.Quiet);
        Write(plan, folder, common, threads, isComplete, terminal);
        return !isComplete ? ExitCodes.Interrupted
            : SweepResults.Rows(plan).Any(row => row.Violations > 0) ? ExitCodes.CheckFailed
            : ExitCodes.Done;
    }

    private static void Write(
        SweepPlan plan, SweepFolder folder, CommonOptions common, int threads, bool isComplete,
        Terminal terminal)
    {
        var result = ResultBuilder.Frame(plan.Experiment, common) with
        {
            Status = isComplete ? "complete" : "interrupted",
            Hash = SweepResults.Hash(plan),
            Threads = threads,
            Points = SweepResults.Points(plan),
            StopRule = plan.Rule.ToString(),
        };
        RunFolder.WriteAtomically(folder.TablePath, SweepCsv.Write(plan));
        folder.Folder.Write(result, SweepReport.Render(result, plan.Experiment));
        LatestRun.PointAt(RunsFolder, folder.Folder, terminal);
        if (common.Json)
            terminal.Output.WriteLine(Encoding.UTF8.GetString(ResultJson.ToUtf8Bytes(result)));
        else
            SweepTable.Write(terminal.Output, result);
        foreach (var cell in plan.Cells.Where(cell => cell.Rows.Any(row => row.Violations > 0)))
        {
            terminal.Error.WriteLine(
                $"point {cell.Point.Number} {cell.Architecture}: referees found violations");
        }

        if (!common.Quiet)
        {
            terminal.Error.WriteLine($"rows:   {folder.TablePath}");
            terminal.Error.WriteLine($"report: {folder.Folder.ReportPath}");
        }
    }
}
