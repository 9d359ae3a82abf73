namespace Disguise.Host.Reports;

/// <summary>
/// One architecture beside others, in a narrow column: a line for each party that takes over, with
/// the time, and below it what that party did and how long each took. A crossing is an arrow to
/// the next party. Words are broken at spaces, dots and hyphens, never cut.
/// </summary>
internal sealed class ExplainColumn : IExplainColumn
{
    private const int Indent = 1;
    private const int DeeperIndent = 6;

    private readonly ExplainedRequest request;
    private readonly IReadOnlyList<ExplainRow> rows;
    private readonly int width;
    private readonly int startWidth;
    private readonly int durationWidth;
    private readonly string machine;

    public ExplainColumn(ExplainedRequest request, int width)
    {
        this.request = request;
        this.width = width;

        // What took no time is left out where there is little place.
        rows = [.. ExplainRow.Of(request).Where(row => row.DurationPs > 0 || row.To is not null)];
        startWidth = ExplainWords.Widest(rows.Select(Start), "");
        durationWidth = ExplainWords.Widest(
            [.. rows.Select(Added), ExplainWords.Latency(request)], "");
        machine = ExplainWords.MachineOf(request);
    }

    public IReadOnlyList<string> Head() =>
    [
        .. ExplainWords.Wrap(request.Architecture, width, 0),
        .. ExplainWords.Wrap($"{request.Client} request {request.RequestNumber}", width, 2),
        .. ExplainWords.Wrap("at ns: party, +ns: step", width, 2),
    ];

    public IReadOnlyList<string> Path()
    {
        var lines = new List<string>();
        string? party = null;
        foreach (var row in rows)
        {
            if (row.To is { } to)
            {
                lines.AddRange(ExplainWords.Wrap(
                    $"{new string(' ', Indent)}→ {row.What}: {Short(to)}", width, DeeperIndent));
                continue;
            }

            if (row.Who != party)
            {
                party = row.Who;
                lines.AddRange(ExplainWords.Wrap(
                    $"{Start(row).PadLeft(startWidth)} {Short(party)}", width, startWidth + 1));
            }

            lines.AddRange(ExplainWords.Wrap(
                $"{new string(' ', Indent)}{Added(row).PadLeft(durationWidth)} "
                    + row.Text,
                width, DeeperIndent));
        }

        return lines;
    }

    public IReadOnlyList<string> Sums() =>
        ExplainWords.Sums(request, width, durationWidth + Indent, machine);

    public IReadOnlyList<string> Total() => ExplainWords.Total(request, durationWidth + Indent);

    private static string Added(ExplainRow row) =>
        row.OnCriticalPath ? $"+{ExplainWords.Duration(row)}" : ExplainWords.Duration(row);

    private string Start(ExplainRow row) =>
        ExplainTable.Nanoseconds(row.StartPs - request.StartPs);

    private string Short(string party) => ExplainWords.Without(machine, party);
}
