using System.Text;
using Disguise.Host.Results;

namespace Disguise.Host.RunFolders;

/// <summary>
/// The folder that a run leaves: <c>result.json</c>, <c>report.html</c>, <c>experiment.yaml</c>,
/// <c>hash.txt</c>, and where recorded <c>packets.pcapng</c> and <c>trace.json</c>. An existing
/// folder is never overwritten, and no file is ever half-written: each is written aside and
/// renamed. What the disk refuses is a <see cref="SurroundingsRefuseException"/>.
/// </summary>
public sealed class RunFolder
{
    /// <summary>How many folders of one name there may be: NAME-SEED, then -2 up to this.</summary>
    public const int SameNameLimit = 10_000;

    private const string TemporarySuffix = ".partial";
    private const string ClaimName = ".claim";

    private RunFolder(string path) => FullPath = path;

    /// <summary>The folder, as an absolute path.</summary>
    public string FullPath { get; }

    /// <summary>Where the experiment as run stands.</summary>
    public string ExperimentPath => Path.Combine(FullPath, "experiment.yaml");

    /// <summary>Where the result stands once <see cref="Write"/> has written it.</summary>
    public string ResultPath => Path.Combine(FullPath, "result.json");

    /// <summary>Where the report stands once <see cref="Write"/> has written it.</summary>
    public string ReportPath => Path.Combine(FullPath, "report.html");

    /// <summary>Where the hash stands once <see cref="Write"/> has written it.</summary>
    public string HashPath => Path.Combine(FullPath, "hash.txt");

    /// <summary>Where a recording of packets goes.</summary>
    public string PacketsPath => Path.Combine(FullPath, "packets.pcapng");

    /// <summary>Where a trace for Perfetto goes.</summary>
    public string TracePath => Path.Combine(FullPath, "trace.json");

    /// <summary>
    /// Makes <c>PARENT/NAME-SEED</c>, or the folder that <c>--out</c> names; where it exists, the
    /// first free one of -2, -3 and so on. Two commands at the same time never share one. The
    /// experiment is written at once.
    /// </summary>
    /// <param name="parent">The folder of runs, by default <c>runs</c>.</param>
    /// <param name="name">The experiment's name.</param>
    /// <param name="seed">The experiment's seed.</param>
    /// <param name="outPath">The value of <c>--out</c>; null for the default.</param>
    /// <param name="experimentYaml">The experiment as run.</param>
    /// <exception cref="SurroundingsRefuseException">Disk or permission.</exception>
    public static RunFolder Create(
        string parent, string name, long seed, string? outPath, string experimentYaml)
    {
        var first = First(parent, name, seed, outPath);
        return Refusals.Watch($"cannot make the run folder '{first}'", () =>
        {
            for (var number = 1; number <= SameNameLimit; number++)
            {
                var path = Numbered(first, number);
                if (TryClaim(path, experimentYaml) is { } folder)
                {
                    return folder;
                }
            }

            throw new SurroundingsRefuseException(
                $"'{first}' and its {SameNameLimit} numbered neighbours exist: delete some");
        });
    }

    /// <summary>
    /// The folders that <see cref="Create"/> passes over, as they exist: the first, then -2 and so
    /// on without a gap.
    /// </summary>
    internal static IEnumerable<string> Existing(
        string parent, string name, long seed, string? outPath)
    {
        var first = First(parent, name, seed, outPath);
        return Enumerable.Range(1, SameNameLimit)
            .Select(number => Numbered(first, number))
            .TakeWhile(Directory.Exists);
    }

    /// <summary>A folder that was made before, to go on in it.</summary>
    internal static RunFolder Reopen(string path) => new(path);

    /// <summary>
    /// Writes the hash, the report and, last, the result: a folder with <c>result.json</c> is
    /// complete. The hash of a result that has none is an empty line.
    /// </summary>
    /// <exception cref="SurroundingsRefuseException">Disk or permission.</exception>
    public void Write(ExperimentResult result, string reportHtml)
    {
        WriteAtomically(HashPath, Encoding.ASCII.GetBytes(result.Hash + "\n"));
        WriteAtomically(ReportPath, Encoding.UTF8.GetBytes(reportHtml));
        WriteAtomically(ResultPath, ResultJson.ToUtf8Bytes(result));
    }

    /// <summary>Takes back what making the folder has left, where no run has come of it.
    /// </summary>
    public void Discard()
    {
        File.Delete(ExperimentPath);
        if (!Directory.EnumerateFileSystemEntries(FullPath).Any())
            Directory.Delete(FullPath);
    }

    /// <summary>Writes a file so that it is whole or absent, replacing an older one.</summary>
    /// <exception cref="SurroundingsRefuseException">Disk or permission.</exception>
    public static void WriteAtomically(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = $"{path}.{Environment.ProcessId}{TemporarySuffix}";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                file.Write(bytes);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception cause) when (Refusals.IsOne(cause))
        {
            Refusals.TryDelete(temporary);
            throw Refusals.Of($"cannot write '{path}'", cause);
        }
    }

    private static string First(string parent, string name, long seed, string? outPath) =>
        outPath is null
            ? Path.GetFullPath(Path.Combine(parent, $"{name}-{seed}"))
            : Path.TrimEndingDirectorySeparator(Path.GetFullPath(outPath));

    private static string Numbered(string first, int number) =>
        number == 1 ? first : $"{first}-{number}";

    private static RunFolder? TryClaim(string path, string experimentYaml)
    {
        if (Path.Exists(path))
        {
            return null;
        }

        // Another command may make the folder after the look above. Only one opens the claim as a
        // new file, and whoever gets it later finds the experiment of the one before.
        Directory.CreateDirectory(path);
        var folder = new RunFolder(path);
        var claim = Path.Combine(path, ClaimName);
        try
        {
            using var _ = new FileStream(claim, FileMode.CreateNew, FileAccess.Write);
        }
        catch (IOException) when (File.Exists(claim) || File.Exists(folder.ExperimentPath))
        {
            return null;
        }

        var isMine = !File.Exists(folder.ExperimentPath);
        if (isMine)
        {
            WriteAtomically(folder.ExperimentPath, Encoding.UTF8.GetBytes(experimentYaml));
        }

        Refusals.TryDelete(claim);
        return isMine ? folder : null;
    }
}
