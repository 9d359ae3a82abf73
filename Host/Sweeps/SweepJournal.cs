using System.Text.Json;
using System.Text.Json.Serialization;
using Disguise.Host.Experiments;
using Disguise.Host.RunFolders;

namespace Disguise.Host.Sweeps;

/// <summary>
/// The rows of a sweep as they come, on disk before the next one counts: a file that only grows, a
/// line of JSON each, the first of which says of what. A last line that an end of the process tore
/// is dropped when the file is opened again. Whoever writes it has it alone.
/// </summary>
internal sealed class SweepJournal : IDisposable
{
    public const string FileName = "sweep.journal";

    private static readonly SweepJournalContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    });

    private readonly FileStream file;

    private SweepJournal(FileStream file, IReadOnlyList<SweepRow> rows)
    {
        this.file = file;
        Rows = rows;
    }

    /// <summary>The rows that were there when it was opened, in the order of their writing.
    /// </summary>
    public IReadOnlyList<SweepRow> Rows { get; }

    /// <summary>Whether a folder holds a journal.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Begins a journal in a folder that has none.</summary>
    public static SweepJournal Create(string folder, string identity)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(
            new SweepJournalHead(SweepJournalHead.CurrentFormat, identity),
            Context.SweepJournalHead);
        RunFolder.WriteAtomically(Path.Combine(folder, FileName), [.. head, (byte)'\n']);
        return Open(folder, identity)
            ?? throw new InvalidOperationException($"'{folder}' has lost its journal");
    }

    /// <summary>
    /// Opens a folder's journal to go on with it; null where it is another sweep's.
    /// </summary>
    /// <exception cref="ExperimentError">It is no journal of this format.</exception>
    /// <exception cref="SurroundingsRefuseException">Somebody else writes it.</exception>
    public static SweepJournal? Open(string folder, string identity) =>
        Watch(folder, path =>
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            try
            {
                var rows = Read(file, path, identity);
                if (rows is not null)
                    return new SweepJournal(file, rows);
            }
            catch
            {
                file.Dispose();
                throw;
            }

            file.Dispose();
            return null;
        });

    /// <summary>Adds a row; it is on disk when this returns.</summary>
    /// <exception cref="SurroundingsRefuseException">The disk refuses.</exception>
    public void Append(SweepRow row) => Refusals.Watch($"cannot write '{file.Name}'", () =>
    {
        Write(JsonSerializer.SerializeToUtf8Bytes(row, Context.SweepRow));
        return 0;
    });

    public void Dispose() => file.Dispose();

    private void Write(byte[] line)
    {
        file.Write([.. line, (byte)'\n']);
        file.Flush(flushToDisk: true);
    }

    private static List<SweepRow>? Read(FileStream file, string path, string identity)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var rows = new List<SweepRow>();
        var start = 0;
        for (var number = 1; start < bytes.Length; number++)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            var line = bytes.AsSpan(start, (end < 0 ? bytes.Length : end) - start);
            var isRead = number == 1
                ? TryHead(line, path, out var found) && found == identity
                : TryRow(line, rows);
            if (number == 1 && !isRead)
                return null;
            var isLast = end < 0 || end == bytes.Length - 1;
            if (end < 0 || !isRead)
            {
                if (!isLast)
                {
                    throw new ExperimentError(
                        $"{path}:{number}", "is no row of a sweep", "another --out, or no file");
                }

                if (end < 0 && isRead)
                    rows.RemoveAt(rows.Count - 1);
                break;
            }

            start = end + 1;
        }

        if (start == 0)
            return null;
        file.SetLength(start);
        file.Position = start;
        return rows;
    }

    private static bool TryHead(ReadOnlySpan<byte> line, string path, out string? identity)
    {
        identity = null;
        try
        {
            var head = JsonSerializer.Deserialize(line, Context.SweepJournalHead);
            if (head is { Format: not SweepJournalHead.CurrentFormat })
            {
                throw new ExperimentError(
                    $"{path}:1", $"has format {head.Format}",
                    $"format {SweepJournalHead.CurrentFormat}");
            }

            identity = head?.Identity;
            return identity is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryRow(ReadOnlySpan<byte> line, List<SweepRow> rows)
    {
        try
        {
            if (JsonSerializer.Deserialize(line, Context.SweepRow) is not { } row)
                return false;
            rows.Add(row);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static T Watch<T>(string folder, Func<string, T> step)
    {
        var path = Path.Combine(folder, FileName);
        return Refusals.Watch($"cannot open the sweep's journal '{path}'", () => step(path));
    }
}

/// <summary>The first line of a journal.</summary>
/// <param name="Format">The format's version.</param>
/// <param name="Identity">Of which sweep the rows are.</param>
internal sealed record SweepJournalHead(int Format, string Identity)
{
    public const int CurrentFormat = 1;
}

/// <summary>The serialiser that the build generates for the journal's lines.</summary>
[JsonSerializable(typeof(SweepRow))]
[JsonSerializable(typeof(SweepJournalHead))]
internal sealed partial class SweepJournalContext : JsonSerializerContext;
