namespace Disguise.Host.Reports;

/// <summary>A line's worth of an explained request: equal steps in a row, or a crossing.</summary>
/// <param name="StartPs">When it began.</param>
/// <param name="DurationPs">How long it took, all steps together; 0 for a crossing.</param>
/// <param name="Who">The party; of a crossing the one that it came from.</param>
/// <param name="What">What it did, or the kind of crossing.</param>
/// <param name="Kind">The kind of step; <see cref="Crossing"/> for a crossing.</param>
/// <param name="OnCriticalPath">Whether the client waited for it.</param>
/// <param name="Steps">How many equal steps it stands for.</param>
/// <param name="To">The party that a crossing came to; else null.</param>
internal sealed record ExplainRow(
    long StartPs, long DurationPs, string Who, string What, string Kind, bool OnCriticalPath,
    int Steps, string? To)
{
    public const string Crossing = "crossing";

    /// <summary>What it did, and how often in a row.</summary>
    public string Text => Steps == 1 ? What : $"{What} ×{Steps}";

    /// <summary>
    /// The rows of a request: steps and crossings by time, a crossing before the steps that begin
    /// as it is delivered.
    /// </summary>
    public static IReadOnlyList<ExplainRow> Of(ExplainedRequest request)
    {
        var rows = new List<ExplainRow>();
        var crossings = 0;
        foreach (var step in request.Steps)
        {
            while (crossings < request.Crossings.Count
                && request.Crossings[crossings].TimePs <= step.StartPs)
                rows.Add(OfCrossing(request.Crossings[crossings++]));
            if (rows.Count > 0 && rows[^1].IsFollowedBy(step))
            {
                rows[^1] = rows[^1] with
                {
                    DurationPs = rows[^1].DurationPs + step.DurationPs,
                    Steps = rows[^1].Steps + 1,
                };
                continue;
            }

            rows.Add(new ExplainRow(
                step.StartPs, step.DurationPs, step.Who, step.What, step.Kind,
                step.OnCriticalPath, 1, null));
        }

        rows.AddRange(request.Crossings.Skip(crossings).Select(OfCrossing));
        return rows;
    }

    private static ExplainRow OfCrossing(ExplainedCrossing crossing) => new(
        crossing.TimePs, 0, crossing.From, crossing.Kind, Crossing, true, 1, crossing.To);

    private bool IsFollowedBy(ExplainStep step) => To is null && OnCriticalPath
        && step.OnCriticalPath && step.Who == Who && step.What == What && step.Kind == Kind;
}
