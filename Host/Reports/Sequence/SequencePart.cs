namespace Disguise.Host.Reports.Sequence;

/// <summary>What a request's path is made of when it is drawn.</summary>
internal enum SequencePartKind
{
    /// <summary>A party is at work.</summary>
    Work,

    /// <summary>A party waits or spins.</summary>
    Wait,

    /// <summary>A frame is on a wire, to the lifeline of the next part.</summary>
    Wire,
}

/// <summary>A stretch of the path on one lifeline.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Lifeline">On which lifeline, or from which.</param>
/// <param name="StartPs">From when on.</param>
/// <param name="EndPs">Until when.</param>
/// <param name="Steps">Its steps, equal ones joined.</param>
internal sealed record SequencePart(
    SequencePartKind Kind, int Lifeline, long StartPs, long EndPs, IReadOnlyList<ExplainRow> Steps)
{
    /// <summary>How long it took.</summary>
    public long DurationPs => EndPs - StartPs;

    /// <summary>The parts of a request in order of time.</summary>
    public static IReadOnlyList<SequencePart> Of(ExplainedRequest request, Lifelines lifelines)
    {
        var parts = new List<SequencePart>();
        foreach (var row in ExplainRow.Of(request with { Crossings = [] }))
        {
            if (!row.OnCriticalPath)
                continue;
            var kind = row.Kind == "wire" ? SequencePartKind.Wire
                : row.Kind == "wait" || row.What == "poll" ? SequencePartKind.Wait
                : SequencePartKind.Work;
            var lifeline = lifelines.IndexOf(row.Who);
            var endPs = row.StartPs + row.DurationPs;
            if (parts.Count > 0 && parts[^1].Kind == kind && parts[^1].Lifeline == lifeline)
                parts[^1] = parts[^1] with { EndPs = endPs, Steps = [.. parts[^1].Steps, row] };
            else if (row.DurationPs > 0 || kind != SequencePartKind.Wait)
                parts.Add(new SequencePart(kind, lifeline, row.StartPs, endPs, [row]));
        }

        return parts;
    }
}
