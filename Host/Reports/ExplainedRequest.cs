namespace Disguise.Host.Reports;

/// <summary>
/// One request, crossing by crossing and charge by charge. The steps on the critical path follow
/// each other without gap or overlap from the moment the client sent until it had the reply, so
/// that their times add up, to the picosecond, to the latency that the client saw.
/// </summary>
public sealed record ExplainedRequest
{
    /// <summary>Takes the steps in order of time.</summary>
    /// <exception cref="InvalidOperationException">
    /// The critical path does not lead from start to end: a charge was lost or counted twice.
    /// </exception>
    public ExplainedRequest(
        string architecture,
        string client,
        long requestNumber,
        long startPs,
        long endPs,
        IReadOnlyList<ExplainStep> steps)
    {
        Architecture = architecture;
        Client = client;
        RequestNumber = requestNumber;
        StartPs = startPs;
        EndPs = endPs;
        Steps = [.. steps.OrderBy(step => step.StartPs)];
        RequireWholePath();
    }

    /// <summary>The architecture's name.</summary>
    public string Architecture { get; }

    /// <summary>The address of the client that sent it.</summary>
    public string Client { get; }

    /// <summary>Which of the client's requests, from 1.</summary>
    public long RequestNumber { get; }

    /// <summary>When the client sent it, in picoseconds of virtual time.</summary>
    public long StartPs { get; }

    /// <summary>When the client had the reply.</summary>
    public long EndPs { get; }

    /// <summary>What happened, in order of time.</summary>
    public IReadOnlyList<ExplainStep> Steps { get; }

    /// <summary>
    /// Crossings meanwhile by or to those who worked on it, in order of time; some may have served
    /// another request.
    /// </summary>
    public IReadOnlyList<ExplainedCrossing> Crossings { get; init; } = [];

    /// <summary>The latency that the client saw.</summary>
    public long LatencyPs => EndPs - StartPs;

    /// <summary>Time on the critical path by party, the longest first.</summary>
    public IReadOnlyList<(string Who, long TimePs)> TimeByWho() =>
        [.. Steps
            .Where(step => step.OnCriticalPath)
            .GroupBy(step => step.Who)
            .Select(group => (group.Key, group.Sum(step => step.DurationPs)))
            .OrderByDescending(pair => pair.Item2)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)];

    private void RequireWholePath()
    {
        var reachedPs = StartPs;
        foreach (var step in Steps)
        {
            if (!step.OnCriticalPath)
            {
                continue;
            }

            if (step.StartPs != reachedPs || step.DurationPs < 0)
            {
                throw new InvalidOperationException(
                    $"{Architecture}: '{step.What}' of {step.Who} starts at {step.StartPs} ps, "
                    + $"but the path had reached {reachedPs} ps");
            }

            reachedPs += step.DurationPs;
        }

        if (reachedPs != EndPs)
        {
            throw new InvalidOperationException(
                $"{Architecture}: the steps reach {reachedPs} ps, the reply came at {EndPs} ps");
        }
    }
}
