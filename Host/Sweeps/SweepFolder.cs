using System.Text.Json;
using Disguise.Host.Experiments;
using Disguise.Host.RunFolders;

namespace Disguise.Host.Sweeps;

/// <summary>The folder of a sweep: a new one, or that of the same sweep interrupted.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Journal">Its journal, open; it holds the rows that were there.</param>
internal sealed record SweepFolder(RunFolder Folder, SweepJournal Journal) : IDisposable
{
    private const string TableName = "sweep.csv";

    /// <summary>Where the table of all rows goes.</summary>
    public string TablePath => Path.Combine(Folder.FullPath, TableName);

    /// <summary>
    /// Goes on in the first folder of its name that holds this sweep, not complete; else makes a
    /// new one.
    /// </summary>
    /// <param name="runsFolder">The folder of runs.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="outPath">The value of <c>--out</c>; null for the default.</param>
    /// <param name="identity">What makes two sweeps the same.</param>
    /// <exception cref="ExperimentError">
    /// <c>--out</c> names the folder of another sweep that was interrupted.
    /// </exception>
    public static SweepFolder Open(
        string runsFolder, Experiment experiment, string? outPath, string identity)
    {
        foreach (var path in RunFolder.Existing(
            runsFolder, experiment.Name, (long)experiment.Seed, outPath))
        {
            if (!SweepJournal.IsIn(path) || IsComplete(path))
                continue;
            if (SweepJournal.Open(path, identity) is { } journal)
                return new SweepFolder(RunFolder.Reopen(path), journal);
            if (outPath is not null)
            {
                throw new ExperimentError(
                    $"--out {outPath}",
                    "holds an interrupted sweep of another experiment, option or program",
                    "the experiment unchanged, or another folder");
            }
        }

        var folder = RunFolder.Create(
            runsFolder, experiment.Name, (long)experiment.Seed, outPath,
            experiment.EffectiveYaml);
        return new SweepFolder(folder, SweepJournal.Create(folder.FullPath, identity));
    }

    public void Dispose() => Journal.Dispose();

    private static bool IsComplete(string path)
    {
        var result = Path.Combine(path, "result.json");
        if (!File.Exists(result))
            return false;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(result));
            return document.RootElement.TryGetProperty("status", out var status)
                && status.ValueEquals("complete");
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
