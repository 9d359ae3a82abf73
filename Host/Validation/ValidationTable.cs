using Disguise.Host.Results;

namespace Disguise.Host.Validation;

/// <summary>
/// A suite as text in <see cref="ResultTable.Columns"/> columns: a line for each row that has a
/// value, then what is not met, what does not hold and what is not modelled, by name.
/// </summary>
internal sealed class ValidationTable(TextWriter output, bool colour)
{
    private const int RowWidth = 40;
    private const int ColumnWidth = 16;

    private readonly TerminalColour paint = new(colour);

    public void Write(Validated validated)
    {
        var suite = validated.Suite;
        Line($"{suite.Name}: {suite.Title}");
        Line($"profiles: {string.Join(", ", suite.Profiles
            .Select(pair => $"{pair.Key} {pair.Value}"))}");
        foreach (var table in validated.Rows.GroupBy(row => row.Row.Table))
        {
            var shown = table.Where(row => row.Verdict != RowVerdict.NotModelled).ToList();
            if (shown.Count > 0)
                WriteTable(shown);
        }

        WriteNamed(validated, "not met", RowVerdict.Unmet);
        WriteNamed(validated, "predictions that do not hold", RowVerdict.Fails);
        WriteNamed(validated, "not measured", RowVerdict.NotMeasured);
        WriteNotModelled(validated);
        output.Write('\n');
    }

    private void WriteTable(List<RowOutcome> rows)
    {
        var first = rows[0].Row;
        output.Write('\n');
        Line(paint.Strong(Cells(
            $"{first.Table} ({first.Unit})", "", "kind", "paper", "emulated", "ratio", "")));
        foreach (var row in rows)
        {
            var line = Cells(
                $"  {row.Row.Row}", row.Row.Column, row.Row.Kind.ToString().ToLowerInvariant(),
                row.Row.Paper is null ? "" : ResultText.Number(row.Row.Paper),
                ResultText.Number(row.Emulated), Ratio(row), WordOf(row));
            var isAlarm = row.Verdict is RowVerdict.Unmet or RowVerdict.NotMeasured
                or RowVerdict.Fails;
            foreach (var part in line.Split('\n'))
                Line(isAlarm ? paint.Alarm(part) : part);
            if (row.Low is not null)
            {
                Line($"    from {ResultText.Number(row.Low)} to {ResultText.Number(row.High)}: "
                    + row.Row.Swept);
            }
        }
    }

    /// <summary>A label that is too wide has a line of its own.</summary>
    private static string Cells(
        string label, string column, string kind, string paper, string emulated, string ratio,
        string word)
    {
        var head = label.Length <= RowWidth
            ? label.PadRight(RowWidth)
            : label + "\n" + new string(' ', RowWidth);
        return $"{head} {column,-ColumnWidth} {kind,-8} {paper,7} {emulated,8} {ratio,6}  {word}"
            .TrimEnd();
    }

    private static string Ratio(RowOutcome row) => row.Ratio is { } ratio
        ? ratio.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture) : "";

    private static string WordOf(RowOutcome row) => row.Verdict switch
    {
        RowVerdict.Met => row.Row.Kind == RowKind.Identity ? "equal" : "met",
        RowVerdict.Unmet => row.Row.Kind == RowKind.Identity ? "differs" : "not met",
        RowVerdict.Predicted => row.Row.Kind == RowKind.Shape ? "holds" : "",
        RowVerdict.Fails => "fails",
        RowVerdict.NotMeasured => "no run",
        _ => "",
    };

    private void WriteNamed(Validated validated, string title, RowVerdict verdict)
    {
        var rows = validated.Rows.Where(row => row.Verdict == verdict).ToList();
        if (rows.Count == 0)
            return;
        output.Write('\n');
        Line(paint.Strong(title));
        foreach (var row in rows)
        {
            Wrapped($"  {row.Row.Name}: {Difference(row)}", "    ");
            if (row.Row.Mechanism is { } mechanism && verdict != RowVerdict.NotMeasured)
                Wrapped($"    suspected: {mechanism}", "      ");
            foreach (var seen in row.Seen)
                Wrapped($"    seen: {seen}", "      ");
        }
    }

    private static string Difference(RowOutcome row) =>
        row.Reason
        ?? (row.Low is not null
            ? $"{ResultText.Number(row.Low)} to {ResultText.Number(row.High)}"
            : ResultText.Number(row.Emulated))
        + $", printed {ResultText.Number(row.Row.Paper)}";

    private void WriteNotModelled(Validated validated)
    {
        var rows = validated.Rows.Where(row => row.Verdict == RowVerdict.NotModelled).ToList();
        if (rows.Count == 0)
            return;
        output.Write('\n');
        Line(paint.Strong("not modelled"));
        foreach (var group in rows.GroupBy(row => (row.Row.Table, row.Reason)))
        {
            Wrapped($"  {group.Key.Table}: {group.Key.Reason}", "    ");
            var names = group.GroupBy(row => row.Row.Row).Select(row => NamesOf([.. row]));
            Wrapped($"    {group.Count()}: {string.Join("; ", names)}", "      ");
        }
    }

    private static string NamesOf(IReadOnlyList<RowOutcome> row)
    {
        var columns = row.Select(cell => cell.Row.Column).Where(column => column.Length > 0);
        var list = string.Join(" | ", columns);
        return list.Length == 0 ? row[0].Row.Row : $"{row[0].Row.Row} [{list}]";
    }

    private void Wrapped(string text, string indent)
    {
        var first = true;
        foreach (var line in TextLines.Wrap(text.TrimStart(), ResultTable.Columns - indent.Length))
        {
            Line((first ? indent[2..] : indent) + line);
            first = false;
        }
    }

    private void Line(string text) => output.Write(text + "\n");
}
