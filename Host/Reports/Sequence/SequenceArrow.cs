using Disguise.Hardware.Devices;

namespace Disguise.Host.Reports.Sequence;

/// <summary>How a request comes from one lifeline to the next.</summary>
/// <param name="From">From which lifeline.</param>
/// <param name="To">To which.</param>
/// <param name="StartPs">When it leaves.</param>
/// <param name="EndPs">When it is there.</param>
/// <param name="Label">What it is: a kind of crossing, a wire with its time.</param>
/// <param name="IsCrossing">Whether it crosses from one protection domain into another.</param>
internal sealed record SequenceArrow(
    int From, int To, long StartPs, long EndPs, string Label, bool IsCrossing)
{
    private const string DirectMemoryAccess = "DMA";

    /// <summary>The arrows between the parts of a request.</summary>
    public static IReadOnlyList<SequenceArrow> Between(
        ExplainedRequest request, Lifelines lifelines, IReadOnlyList<SequencePart> parts)
    {
        var arrows = new List<SequenceArrow>();
        for (var index = 0; index < parts.Count; index++)
        {
            var part = parts[index];
            var next = index + 1 < parts.Count ? parts[index + 1] : null;
            var to = next?.Lifeline ?? lifelines.Client;
            if (part.Kind == SequencePartKind.Wire)
            {
                arrows.Add(new SequenceArrow(
                    part.Lifeline, to, part.StartPs, part.EndPs,
                    $"wire {SequenceChart.Nanoseconds(part.DurationPs)}", false));
            }
            else if (next is not null && to != part.Lifeline)
            {
                var crossings = request.Crossings
                    .Where(crossing => crossing.TimePs == part.EndPs && crossing.IsProtection)
                    .Select(crossing => crossing.Kind)
                    .Distinct()
                    .ToArray();
                arrows.Add(new SequenceArrow(
                    part.Lifeline, to, part.EndPs, part.EndPs,
                    crossings.Length > 0 ? string.Join(", ", crossings)
                        : WithoutCrossing(lifelines, part, next),
                    crossings.Length > 0));
            }
        }

        return arrows;
    }

    /// <summary>What passes without a crossing: devices reach memory, cores reach registers.
    /// </summary>
    private static string WithoutCrossing(Lifelines lifelines, SequencePart part, SequencePart next)
    {
        if (part.Steps[^1].What == DeviceCosts.MsiXDelivery.Name)
            return "interrupt";
        var (fromDevice, toDevice) =
            (lifelines.IsDevice(part.Lifeline), lifelines.IsDevice(next.Lifeline));
        return fromDevice == toDevice ? ""
            : fromDevice ? DirectMemoryAccess
            : next.Steps[0].What == DeviceCosts.MsiXDelivery.Name ? "" : "doorbell";
    }
}
