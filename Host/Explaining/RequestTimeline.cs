using Disguise.Host.Reports;

namespace Disguise.Host.Explaining;

/// <summary>
/// The path of one request as steps that follow each other. What nobody reported is a wait of its
/// own; what lies behind the point that the path has reached is beside the path.
/// </summary>
internal sealed class RequestTimeline
{
    private readonly List<ExplainStep> steps = [];

    public long StartPs { get; private set; } = -1;

    public long ReachedPs { get; private set; }

    public bool HasBegun => StartPs >= 0;

    public IReadOnlyList<ExplainStep> Steps => steps;

    public void Begin(long startPs)
    {
        StartPs = startPs;
        ReachedPs = startPs;
    }

    /// <summary>Extends the path; a stretch that begins behind its end is cut to fit.</summary>
    public void Extend(
        long startPs, long durationPs, string who, string what, string kind, long count = 1)
    {
        var endPs = startPs + durationPs;
        if (startPs > ReachedPs)
        {
            steps.Add(new ExplainStep(
                ReachedPs, startPs - ReachedPs, who, $"waits for {what}", "wait", true, 0));
            ReachedPs = startPs;
        }

        if (endPs < ReachedPs || (endPs == ReachedPs && durationPs > 0))
        {
            steps.Add(new ExplainStep(startPs, durationPs, who, what, kind, false, count));
            return;
        }

        steps.Add(new ExplainStep(ReachedPs, endPs - ReachedPs, who, what, kind, true, count));
        ReachedPs = endPs;
    }
}
