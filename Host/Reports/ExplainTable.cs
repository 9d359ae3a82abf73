using System.Globalization;
using Disguise.Actors.Time;

namespace Disguise.Host.Reports;

/// <summary>
/// One request under up to four architectures, side by side in <see cref="Columns"/> columns: who
/// did what, when, and how long it took, in nanoseconds with the picoseconds as decimals; equal
/// steps in a row are one line. Steps beside the critical path stand in parentheses. Below, the
/// sums by party; the last line shows that the steps add up to the latency that the client saw.
/// </summary>
public static class ExplainTable
{
    /// <summary>The widest line.</summary>
    public const int Columns = 100;

    /// <summary>The most architectures side by side; more stand below.</summary>
    public const int MostSideBySide = 4;

    private const char Separator = '│';

    /// <summary>Writes the table, each line ended by a line feed.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<ExplainedRequest> requests)
    {
        foreach (var block in requests.Chunk(MostSideBySide))
        {
            WriteBlock(writer, block);
        }
    }

    private static void WriteBlock(TextWriter writer, ExplainedRequest[] requests)
    {
        var width = (Columns - (requests.Length - 1)) / requests.Length;
        IExplainColumn[] columns = requests.Length == 1
            ? [new ExplainList(requests[0], width)]
            : [.. requests.Select(request => new ExplainColumn(request, width))];
        WriteRow(writer, width, [.. columns.Select(column => column.Head())]);
        WriteRule(writer, width, columns.Length);
        WriteRow(writer, width, [.. columns.Select(column => column.Path())]);
        WriteRule(writer, width, columns.Length);
        WriteRow(writer, width, [.. columns.Select(column => column.Sums())]);
        WriteRule(writer, width, columns.Length);
        WriteRow(writer, width, [.. columns.Select(column => column.Total())]);
    }

    private static void WriteRule(TextWriter writer, int width, int count) =>
        writer.Write(string.Join('┼', Enumerable.Repeat(new string('─', width), count)) + "\n");

    private static void WriteRow(TextWriter writer, int width, IReadOnlyList<string>[] cells)
    {
        for (var line = 0; line < cells.Max(cell => cell.Count); line++)
        {
            var texts = cells.Select(cell =>
                (line < cell.Count ? cell[line] : "").PadRight(width));
            writer.Write(string.Join(Separator, texts).TrimEnd() + "\n");
        }
    }

    /// <summary>Picoseconds as nanoseconds with three decimals, exactly.</summary>
    internal static string Nanoseconds(long timePs)
    {
        var sign = timePs < 0 ? "-" : "";
        var magnitude = (UInt128)Int128.Abs(timePs);
        var whole = magnitude / (ulong)Picoseconds.PerNanosecond;
        var rest = magnitude % (ulong)Picoseconds.PerNanosecond;
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}.{(int)rest:000}");
    }
}
