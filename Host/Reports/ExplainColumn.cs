namespace Disguise.Host.Reports;

/// <summary>
/// One architecture's cells of an <see cref="ExplainTable"/>, each a list of lines no wider than
/// the column. A wide column has a step on one line; a narrow one has the times on the first line
/// and the words below, broken at spaces and dots, never cut.
/// </summary>
internal sealed class ExplainColumn
{
    private const int WideEnoughForOneLine = 90;

    private readonly ExplainedRequest request;
    private readonly int width;
    private readonly int startWidth;
    private readonly int durationWidth;
    private readonly int kindWidth;
    private readonly int whoWidth;

    public ExplainColumn(ExplainedRequest request, int width)
    {
        this.request = request;
        this.width = width;
        startWidth = Widest(request.Steps.Select(Start));
        durationWidth = Widest([.. request.Steps.Select(Duration), Latency]);
        kindWidth = Widest(request.Steps.Select(step => step.Kind));
        whoWidth = Widest(request.Steps.Select(step => step.Who));
    }

    /// <summary>How many steps the column has.</summary>
    public int StepCount => request.Steps.Count;

    private string Latency => ExplainTable.Nanoseconds(request.LatencyPs);

    /// <summary>Architecture, client and number of the request; what the columns hold.</summary>
    public IReadOnlyList<string> Head() =>
    [
        .. Wrap(request.Architecture, 0),
        .. Wrap($"{request.Client} request {request.RequestNumber}", 2),
        $"{"start ns".PadLeft(startWidth)} {"took ns".PadLeft(durationWidth)}",
    ];

    /// <summary>One step; no line where the column has no such step.</summary>
    public IReadOnlyList<string> Step(int index)
    {
        if (index >= request.Steps.Count)
        {
            return [];
        }

        var step = request.Steps[index];
        var times = $"{Start(step).PadLeft(startWidth)} {Duration(step).PadLeft(durationWidth)}";
        if (width >= WideEnoughForOneLine)
        {
            var line = $"{times}  {step.Kind.PadRight(kindWidth)}  "
                + $"{step.Who.PadRight(whoWidth)}  {step.What}";
            return [.. Wrap(line, startWidth + durationWidth + kindWidth + 5)];
        }

        return times.Length + 2 + kindWidth <= width
            ? [$"{times}  {step.Kind}", .. Wrap($"  {step.Who}: {step.What}", 4)]
            : [times, .. Wrap($"  {step.Kind} {step.Who}: {step.What}", 4)];
    }

    /// <summary>Time on the critical path by party.</summary>
    public IReadOnlyList<string> Sums() =>
        [.. request.TimeByWho().SelectMany(sum => Wrap(
            $"{ExplainTable.Nanoseconds(sum.TimePs).PadLeft(durationWidth)} {sum.Who}",
            durationWidth + 1))];

    /// <summary>The sum of the steps beside the latency that the client saw.</summary>
    public IReadOnlyList<string> Total()
    {
        var sumPs = request.TimeByWho().Sum(pair => pair.TimePs);
        return
        [
            $"{ExplainTable.Nanoseconds(sumPs).PadLeft(durationWidth)} sum",
            $"{Latency.PadLeft(durationWidth)} = latency",
        ];
    }

    private string Start(ExplainStep step) =>
        ExplainTable.Nanoseconds(step.StartPs - request.StartPs);

    private static string Duration(ExplainStep step) => step.OnCriticalPath
        ? ExplainTable.Nanoseconds(step.DurationPs)
        : $"({ExplainTable.Nanoseconds(step.DurationPs)})";

    private static int Widest(IEnumerable<string> texts) =>
        texts.Select(text => text.Length).Append("start ns".Length).Max();

    private IEnumerable<string> Wrap(string text, int indent)
    {
        var margin = new string(' ', Math.Min(indent, width / 2));
        while (text.Length > width)
        {
            var space = text.LastIndexOf(' ', width);
            var dot = text.LastIndexOf('.', width - 1) + 1;
            var end = space > margin.Length ? space : dot > margin.Length ? dot : width;
            yield return text[..end].TrimEnd();
            text = margin + text[end..].TrimStart();
        }

        yield return text;
    }
}
