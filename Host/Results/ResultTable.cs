namespace Disguise.Host.Results;

/// <summary>
/// A result as text for a terminal: one column for each architecture, at most
/// <see cref="Columns"/> columns wide, with up to four architectures side by side and the rest
/// below. Only the line that repeats the run may be longer, so that it can be copied whole.
/// </summary>
public static class ResultTable
{
    /// <summary>The widest line.</summary>
    public const int Columns = 100;

    private const int LabelWidth = 28;
    private const int MostSideBySide = 4;
    private const int CellWidth = (Columns - LabelWidth) / MostSideBySide;
    private const int HashDigits = 16;

    /// <summary>Writes the table, each line ended by a line feed.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">What was measured.</param>
    /// <param name="colour">Whether to use colour; see <see cref="TerminalColour"/>.</param>
    /// <param name="baseline">The run to which others have ratios; null for none.</param>
    public static void Write(
        TextWriter writer, ExperimentResult result, bool colour, RunResult? baseline = null)
    {
        var paint = new TerminalColour(colour);
        WriteWrapped(writer, Headline(result), "  ");
        WriteWrapped(writer, Circumstances(result), "  ");
        WriteRuns(writer, result.Runs, null, baseline, paint);
        WriteInjections(writer, result.Runs);
        WriteChecks(writer, result.Checks, paint);
        writer.Write($"\nhash   {Short(result.Hash)}\n");
        writer.Write($"rerun  {result.Rerun}\n");
    }

    /// <summary>
    /// Writes runs side by side, each with the folder that it comes from; ratios to one of them
    /// stand beside the numbers.
    /// </summary>
    internal static void WriteRuns(
        TextWriter writer, IReadOnlyList<RunResult> runs, IReadOnlyList<string>? folders,
        RunResult? baseline, TerminalColour paint)
    {
        for (var first = 0; first < runs.Count; first += MostSideBySide)
        {
            var count = Math.Min(MostSideBySide, runs.Count - first);
            RunResult[] some = [.. runs.Skip(first).Take(count)];
            writer.Write('\n');
            writer.Write(paint.Strong(Line("", some.Select(run => run.Architecture))) + "\n");
            if (folders is not null)
            {
                writer.Write(Line("folder", folders.Skip(first).Take(count)) + "\n");
            }

            foreach (var row in ResultRows.Of(some, runs))
            {
                var line = Line(row.Label, WithRatios(row, some, baseline));
                writer.Write((row.IsAlarm ? paint.Alarm(line) : line) + "\n");
            }
        }
    }

    private static IEnumerable<string> WithRatios(
        ResultRow row, RunResult[] runs, RunResult? baseline)
    {
        for (var index = 0; index < runs.Length; index++)
        {
            var ratio = row.Compared is { } number && baseline is not null
                && !ReferenceEquals(runs[index], baseline)
                ? Rates.Of(number(runs[index]), number(baseline))
                : null;
            yield return ratio is { } times
                ? $"{row.Cells[index]} {ResultText.Ratio(times)}"
                : row.Cells[index];
        }
    }

    private static string Headline(ExperimentResult result)
    {
        var text = $"{result.Experiment}: seed {result.Seed}, "
            + $"{ResultText.Number(result.Tenants)} tenants, "
            + $"{ResultText.Number(result.VirtualSeconds * 1000)} ms virtual "
            + $"in {ResultText.Number(result.WallSeconds)} s, "
            + $"{ResultText.Number(result.EventsPerWallSecond)} events/s";
        return result.Status == "complete" ? text : $"{text}, {result.Status}";
    }

    private static string Circumstances(ExperimentResult result)
    {
        var platform = ResultText.Shared(result.Runs.Select(run => run.Platform));
        var profile = ResultText.Shared(result.Runs.Select(run => run.Profile));
        return $"platform {platform ?? "see below"}, profile {profile ?? "see below"}";
    }

    private static string Line(string label, IEnumerable<string> cells) =>
        (Fit(label, LabelWidth).PadRight(LabelWidth) + string.Concat(cells.Select(
            cell => ' ' + Fit(cell, CellWidth - 1).PadLeft(CellWidth - 1)))).TrimEnd();

    private static void WriteInjections(TextWriter writer, IReadOnlyList<RunResult> runs)
    {
        if (runs.Any(run => run.Injections.Count > 0))
        {
            writer.Write("\ninjections\n");
        }

        foreach (var run in runs)
        {
            foreach (var injection in run.Injections)
            {
                WriteWrapped(
                    writer, $"  {ResultText.Injected(run.Architecture, injection)}", "    ");
            }
        }
    }

    private static void WriteChecks(
        TextWriter writer, IReadOnlyList<CheckResult> checks, TerminalColour paint)
    {
        if (checks.Count > 0)
        {
            writer.Write("\nchecks\n");
        }

        foreach (var check in checks)
        {
            var text = $"  {ResultText.Verdict(check.Holds),-11}  {check.Expect}";
            var lines = Wrap(text, "               ").ToList();
            if (check.Holds != true)
            {
                lines.AddRange(Wrap(
                    check.Reason is { } reason ? $"               {reason}"
                        : $"               left {ResultText.Exact(check.Left)}, "
                            + $"right {ResultText.Exact(check.Right)}",
                    "               "));
            }

            foreach (var line in lines)
            {
                writer.Write((check.Holds == false ? paint.Alarm(line) : line) + "\n");
            }
        }
    }

    private static string Short(string? hash) =>
        hash is null ? ResultText.NotMeasured : hash[..Math.Min(hash.Length, HashDigits)];

    private static string Fit(string text, int width) =>
        text.Length <= width ? text : text[..(width - 1)] + "…";

    private static void WriteWrapped(TextWriter writer, string text, string indent)
    {
        foreach (var line in Wrap(text, indent))
        {
            writer.Write(line + "\n");
        }
    }

    /// <summary>Breaks a text at spaces, or within a word that is longer than a line.</summary>
    private static IEnumerable<string> Wrap(string text, string indent)
    {
        while (text.Length > Columns)
        {
            var space = text.LastIndexOf(' ', Columns);
            var end = space > indent.Length ? space : Columns;
            yield return text[..end];
            text = indent + text[end..].TrimStart();
        }

        yield return text;
    }
}
