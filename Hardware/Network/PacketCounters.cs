namespace Disguise.Hardware.Network;

/// <summary>
/// What went through one component. At every time
/// <c>Received + Replicated = Sent + Dropped + what is inside</c>; when a component is drained,
/// <see cref="Inside"/> is 0.
/// </summary>
public sealed class PacketCounters
{
    private long[] dropped = [];

    /// <summary>Frames that came in, from wherever.</summary>
    public long Received { get; private set; }

    /// <summary>Copies beyond the first, made by a flood or a broadcast.</summary>
    public long Replicated { get; private set; }

    /// <summary>Frames that went out: on a wire, to the next part, into memory.</summary>
    public long Sent { get; private set; }

    /// <summary>Frames dropped, for whatever reason.</summary>
    public long Dropped { get; private set; }

    /// <summary>Frames that are neither out nor dropped.</summary>
    public long Inside => Received + Replicated - Sent - Dropped;

    /// <summary>Frames dropped for a reason.</summary>
    public long DroppedFor(DropReason reason) =>
        reason.Index < dropped.Length ? dropped[reason.Index] : 0;

    /// <summary>A frame came in.</summary>
    public void CountReceived() => Received++;

    /// <summary>Copies of a frame were made.</summary>
    public void CountReplicated(int copies) => Replicated += copies;

    /// <summary>A frame went out.</summary>
    public void CountSent() => Sent++;

    /// <summary>A frame was dropped.</summary>
    public void CountDropped(DropReason reason, long count = 1)
    {
        if (count == 0)
            return;
        if (reason.Index >= dropped.Length)
            Array.Resize(ref dropped, reason.Index + 1);
        dropped[reason.Index] += count;
        Dropped += count;
    }

    /// <summary>The reasons that occurred with their counts, by name.</summary>
    public IReadOnlyList<(DropReason Reason, long Count)> DroppedByReason()
    {
        var all = new List<(DropReason, long)>();
        foreach (var reason in DropReason.All)
        {
            if (DroppedFor(reason) != 0)
                all.Add((reason, DroppedFor(reason)));
        }

        return all;
    }

    /// <summary>Adds another component's counts to these, for a sum over many.</summary>
    public void Add(PacketCounters other)
    {
        Received += other.Received;
        Replicated += other.Replicated;
        Sent += other.Sent;
        foreach (var (reason, count) in other.DroppedByReason())
            CountDropped(reason, count);
    }
}
