namespace Disguise.Hardware.Nic.Queues;

/// <summary>
/// When the doorbell for each descriptor arrived. Kept only while requests are followed; as many
/// entries as a ring has descriptors at most.
/// </summary>
internal sealed class DoorbellTimes
{
    private readonly Queue<(int Tail, long TimePs)> entries = new();

    public void Add(int tail, long timePs, int limit)
    {
        if (entries.Count < limit)
            entries.Enqueue((tail, timePs));
    }

    /// <summary>When the doorbell for the descriptor at the head arrived.</summary>
    public long TimeOf(int head, long otherwisePs)
    {
        while (entries.TryPeek(out var entry))
        {
            if (entry.Tail != head)
                return entry.TimePs;
            entries.Dequeue();
        }

        return otherwisePs;
    }

    public void Clear() => entries.Clear();
}
