using System.Text.Json;

namespace Disguise.Benchmarks;

/// <summary>A table of figures: the columns have units in their names.</summary>
internal sealed class Report(string title, params string[] columns)
{
    private readonly List<object[]> rows = [];

    /// <summary>Adds a row: texts, whole numbers, or figures that get two decimals.</summary>
    public void Add(params object[] cells)
    {
        if (cells.Length != columns.Length)
            throw new InvalidOperationException($"{title}: {cells.Length} cells in a row");
        rows.Add(cells);
    }

    /// <summary>The table for people: texts to the left, numbers to the right.</summary>
    public void PrintTable(TextWriter to)
    {
        to.WriteLine(title);
        var texts = rows.Select(row => row.Select(Show).ToArray()).ToList();
        var widths = columns.Select((column, index) =>
            texts.Select(row => row[index].Length).Append(column.Length).Max()).ToArray();
        PrintRow(to, columns, widths, index => rows.Count > 0 && rows[0][index] is string);
        PrintRow(
            to, widths.Select(width => new string('-', width)).ToArray(), widths, _ => true);
        foreach (var row in texts)
            PrintRow(to, row, widths, index => rows[0][index] is string);
    }

    /// <summary>The table for programs: an object with a title and an array of rows.</summary>
    public void PrintJson(TextWriter to)
    {
        var named = rows.Select(row => columns.Zip(row).ToDictionary(
            pair => pair.First, pair => pair.Second));
        to.WriteLine(JsonSerializer.Serialize(new { title, rows = named }));
    }

    private static void PrintRow(
        TextWriter to, string[] cells, int[] widths, Func<int, bool> isText)
    {
        var padded = cells.Select((cell, index) => isText(index)
            ? cell.PadRight(widths[index])
            : cell.PadLeft(widths[index]));
        to.WriteLine(string.Join("  ", padded).TrimEnd());
    }

    private static string Show(object cell) => cell switch
    {
        double figure => figure.ToString("0.00"),
        _ => cell.ToString() ?? "",
    };
}
