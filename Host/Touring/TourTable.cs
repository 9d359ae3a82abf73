using Disguise.Host.Results;

namespace Disguise.Host.Touring;

/// <summary>
/// Claims as text in <see cref="ResultTable.Columns"/> columns: each in words, the crossings and
/// the numbers that show it, and its expectations with both sides.
/// </summary>
internal sealed class TourTable(TextWriter output, bool colour)
{
    private const int LabelWidth = 28;
    private const int CellWidth = 17;

    private readonly TerminalColour paint = new(colour);

    public void Write(IReadOnlyList<ShownClaim> claims)
    {
        foreach (var claim in claims.Where(claim => claim.Result is not null))
            Write(claim);
        var missing = claims.Where(claim => claim.Result is null)
            .Select(claim => claim.Claim.Number)
            .ToList();
        if (missing.Count > 0)
            Line($"claims whose experiment is not built yet: {string.Join(", ", missing)}");
        var shown = claims.Where(claim => claim.Result is not null).ToList();
        var open = shown.Count(claim => claim.Holds is null);
        Line($"{shown.Count(claim => claim.Holds == true)} of {shown.Count} claims hold"
            + (open > 0 ? $", {open} could not be checked whole" : ""));
    }

    private void Write(ShownClaim shown)
    {
        var result = shown.Result!;
        var first = true;
        foreach (var line in TextLines.Wrap(shown.Claim.Text, ResultTable.Columns - 4))
        {
            Line(paint.Strong($"{(first ? $"{shown.Claim.Number}" : ""),-3} {line}"));
            first = false;
        }

        Line($"    {shown.Claim.Experiment}");
        if (shown.NotBuilt.Count > 0)
            Line($"    not built yet: {string.Join(", ", shown.NotBuilt)}");
        WriteTable(result.Runs);
        WriteInjections(result.Runs);
        foreach (var check in result.Checks)
            WriteCheck(check);
        foreach (var referee in result.Runs.SelectMany(run => run.Referees))
        {
            if (referee.Violations > 0)
                Line(paint.Alarm($"    referee {referee.Name}: {referee.Violations} violations"));
        }

        if (shown.ReportPath is { } path)
            Line($"    report  {path}");
        output.Write('\n');
    }

    private void WriteTable(IReadOnlyList<RunResult> runs)
    {
        output.Write('\n');
        Line(Cells("", runs.Select(run => run.Architecture)));
        foreach (var row in Rows(runs))
            Line(Cells(row.Label, row.Cells));
        output.Write('\n');
    }

    private void WriteInjections(IReadOnlyList<RunResult> runs)
    {
        var words = runs
            .SelectMany(run => run.Injections.Select(injection =>
                ResultText.Injected(run.Architecture, injection)))
            .ToList();
        foreach (var line in words.SelectMany(text =>
            TextLines.Wrap(text, ResultTable.Columns - 4)))
            Line($"    {line}");
        if (words.Count > 0)
            output.Write('\n');
    }

    /// <summary>The crossings first, then what they cost.</summary>
    private static IEnumerable<ResultRow> Rows(IReadOnlyList<RunResult> runs) =>
    [
        .. ResultRows.Crossings(runs), .. ResultRows.Refusals(runs),
        .. ResultRows.SecureBindings(runs),
        .. ResultRows.Dropped(runs)
            .Select(row => row with { Label = $"dropped: {row.Label}" }),
        .. ResultRows.Speed(runs).Where(row => row.Label is "operations/s" or "latency, mean (us)"),
        .. ResultRows.Groups(runs),
    ];

    private void WriteCheck(CheckResult check)
    {
        var head = $"    {ResultText.Verdict(check.Holds),-11}  ";
        foreach (var line in TextLines.Wrap(check.Expect, ResultTable.Columns - head.Length))
        {
            Line(check.Holds == false ? paint.Alarm(head + line) : head + line);
            head = new string(' ', head.Length);
        }

        Line($"{head}left {ResultText.Exact(check.Left)}, right {ResultText.Exact(check.Right)}");
    }

    private static string Cells(string label, IEnumerable<string> cells) =>
        ("    " + TextLines.Fit(label, LabelWidth).PadRight(LabelWidth)
            + string.Concat(cells.Select(cell => TextLines.Fit(cell, CellWidth - 1)
                .PadLeft(CellWidth)))).TrimEnd();

    private void Line(string text) => output.Write(text + "\n");
}
