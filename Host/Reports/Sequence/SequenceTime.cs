namespace Disguise.Host.Reports.Sequence;

/// <summary>
/// The time axis of a sequence chart: to scale, but that waits longer than a while are drawn as
/// long as that while.
/// </summary>
internal sealed class SequenceTime
{
    /// <summary>The longest wait that is drawn to scale.</summary>
    public const long LongestDrawnPs = 1_000_000;

    private readonly List<(long StartPs, long EndPs)> cuts = [];
    private readonly long startPs;
    private readonly double top;
    private readonly double lengthPerPs;

    public SequenceTime(
        ExplainedRequest request, IReadOnlyList<SequencePart> parts, double top, double lengthPerPs)
    {
        startPs = request.StartPs;
        this.top = top;
        this.lengthPerPs = lengthPerPs;
        foreach (var part in parts)
        {
            if (part.Kind == SequencePartKind.Wait && part.DurationPs > LongestDrawnPs)
            {
                var halfPs = LongestDrawnPs / 2;
                cuts.Add((part.StartPs + halfPs, part.EndPs - halfPs));
            }
        }
    }

    /// <summary>The stretches of time that are left out.</summary>
    public IReadOnlyList<(long StartPs, long EndPs)> Cuts => cuts;

    /// <summary>How much time is drawn until some time.</summary>
    public long DrawnPs(long timePs)
    {
        var drawnPs = timePs - startPs;
        foreach (var (fromPs, untilPs) in cuts)
            drawnPs -= Math.Clamp(timePs - fromPs, 0, untilPs - fromPs);
        return drawnPs;
    }

    /// <summary>Where a time stands on the page.</summary>
    public double At(long timePs) => top + DrawnPs(timePs) * lengthPerPs;
}
