using System.Text;
using System.Text.Json;
using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Disguise.Host.Results;

namespace Disguise.Host.Verbs;

/// <summary>Runs that were made before, each in its folder, put side by side.</summary>
internal static class FinishedRuns
{
    private const string ResultName = "result.json";

    /// <summary>Prints them and gives the exit code.</summary>
    public static int Compare(CompareOptions options, Terminal terminal)
    {
        if (options.Architectures is not null)
        {
            throw new ExperimentError(
                "--architecture", "finished runs have their architectures", "no such option");
        }

        var folders = options.Sources.Select(Path.TrimEndingDirectorySeparator).ToArray();
        var results = folders.Select(Read).ToArray();
        RunResult[] runs = [.. results.SelectMany(result => result.Runs)];
        if (runs.Length == 0)
            throw new ExperimentError(folders[0], "has no run to compare", "finished runs");
        string[] origins = [.. results.SelectMany((result, index) =>
            result.Runs.Select(_ => folders[index]))];
        var baseline = BaselineOf(options.Baseline, runs, origins);
        if (options.Common.Json)
            WriteJson(options, terminal, results, runs);
        else
            WriteTable(terminal.Output, folders, results, runs, origins, baseline);
        return ExitCodes.Done;
    }

    private static ExperimentResult Read(string folder)
    {
        var path = Path.Combine(folder, ResultName);
        if (!File.Exists(path))
        {
            throw new ExperimentError(
                folder, $"has no {ResultName}", "the folder of a finished run");
        }

        try
        {
            return ResultJson.Read(File.ReadAllBytes(path));
        }
        catch (JsonException cause)
        {
            throw new ExperimentError(path, $"is no result: {cause.Message}", "what a run left");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new SurroundingsRefuseException($"cannot read '{path}': {cause.Message}");
        }
    }

    /// <summary>The first run of an architecture or of a folder; without a name the first of all.
    /// </summary>
    private static RunResult BaselineOf(string? name, RunResult[] runs, string[] origins)
    {
        if (name is null)
            return runs[0];
        var index = Array.FindIndex(runs, run => run.Architecture == name);
        if (index < 0)
        {
            var folder = Path.GetFullPath(Path.TrimEndingDirectorySeparator(name));
            index = Array.FindIndex(origins, origin => Path.GetFullPath(origin) == folder);
        }

        return index >= 0 ? runs[index] : throw new ExperimentError(
            $"--baseline {ExperimentError.Show(name)}", "is none of what is compared",
            string.Join(", ", runs.Select(run => run.Architecture).Concat(origins).Distinct()));
    }

    private static void WriteTable(
        TextWriter output, string[] folders, ExperimentResult[] results, RunResult[] runs,
        string[] origins, RunResult baseline)
    {
        for (var index = 0; index < folders.Length; index++)
        {
            var result = results[index];
            output.Write(
                $"{folders[index]}: {result.Experiment}, seed {result.Seed}, {result.Status}, "
                + $"hash {result.Hash?[..8] ?? ResultText.NotMeasured}\n");
        }

        string[] names = [.. origins.Select(origin => Path.GetFileName(Path.GetFullPath(origin)))];
        ResultTable.WriteRuns(
            output, runs, names, baseline, new TerminalColour(TerminalColour.IsWanted));
    }

    /// <summary>One result with the runs of all folders.</summary>
    private static void WriteJson(
        CompareOptions options, Terminal terminal, ExperimentResult[] results, RunResult[] runs)
    {
        var joined = new ExperimentResult
        {
            Status = results.All(result => result.Status == "complete")
                ? "complete" : "interrupted",
            Experiment = string.Join(
                ", ", results.Select(result => result.Experiment).Distinct()),
            Version = results[0].Version,
            Seed = results[0].Seed,
            Hash = ResultHash.Of(runs),
            Rerun = ResultBuilder.Rerun(options.Common),
            Runs = runs,
        };
        terminal.Output.WriteLine(Encoding.UTF8.GetString(ResultJson.ToUtf8Bytes(joined)));
    }
}
