namespace Disguise.Host.Reports;

/// <summary>One architecture alone: a row a line, all that is known of it beside each other.
/// </summary>
internal sealed class ExplainList : IExplainColumn
{
    private readonly ExplainedRequest request;
    private readonly IReadOnlyList<ExplainRow> rows;
    private readonly int width;
    private readonly int startWidth;
    private readonly int durationWidth;
    private readonly int kindWidth;
    private readonly int whoWidth;

    public ExplainList(ExplainedRequest request, int width)
    {
        this.request = request;
        this.width = width;
        rows = ExplainRow.Of(request);
        startWidth = ExplainWords.Widest(rows.Select(Start), "start ns");
        durationWidth = ExplainWords.Widest(
            [.. rows.Select(ExplainWords.Duration), ExplainWords.Latency(request)], "took ns");
        kindWidth = ExplainWords.Widest(rows.Select(row => row.Kind), "");
        whoWidth = ExplainWords.Widest(rows.Select(row => row.Who), "");
    }

    public IReadOnlyList<string> Head() =>
    [
        .. ExplainWords.Wrap(request.Architecture, width, 0),
        .. ExplainWords.Wrap($"{request.Client} request {request.RequestNumber}", width, 2),
        $"{"start ns".PadLeft(startWidth)} {"took ns".PadLeft(durationWidth)}",
    ];

    public IReadOnlyList<string> Path() => [.. rows.SelectMany(LinesOf)];

    public IReadOnlyList<string> Sums() => ExplainWords.Sums(request, width, durationWidth, "");

    public IReadOnlyList<string> Total() => ExplainWords.Total(request, durationWidth);

    private IEnumerable<string> LinesOf(ExplainRow row)
    {
        var text = row.To is null ? row.Text : $"{row.What} → {row.To}";
        var line = $"{Start(row).PadLeft(startWidth)} "
            + $"{ExplainWords.Duration(row).PadLeft(durationWidth)}  "
            + $"{row.Kind.PadRight(kindWidth)}  {row.Who.PadRight(whoWidth)}  {text}";
        return ExplainWords.Wrap(line, width, startWidth + durationWidth + kindWidth + 5);
    }

    private string Start(ExplainRow row) =>
        ExplainTable.Nanoseconds(row.StartPs - request.StartPs);
}
