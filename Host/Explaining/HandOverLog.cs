namespace Disguise.Host.Explaining;

/// <summary>
/// All hand-overs between executors while a request is followed, and from them the way that the
/// request took: back from the descriptor with its reply to the descriptor that it came in.
/// </summary>
internal sealed class HandOverLog
{
    /// <summary>More executors than this are a circle.</summary>
    private const int MostExecutors = 64;

    private readonly List<HandOver> handOvers = [];

    /// <summary>Keeps a hand-over.</summary>
    public void Add(HandOver handOver) => handOvers.Add(handOver);

    /// <summary>
    /// The hand-overs of a request in their order: taken and left in turn, the first from one of
    /// its descriptors, the last to that of its reply. Null where they do not hang together.
    /// </summary>
    public IReadOnlyList<HandOver>? WayOf(IReadOnlySet<Descriptor> received, Descriptor reply)
    {
        var posted = handOvers.FindLastIndex(handOver =>
            handOver.Kind == HandOverKind.DescriptorPosted && handOver.Descriptor == reply);
        if (posted < 0)
        {
            posted = handOvers.FindLastIndex(handOver =>
                handOver.Kind == HandOverKind.DescriptorPosted
                && handOver.Descriptor.Function == reply.Function
                && handOver.Descriptor.Queue == reply.Queue);
        }

        var way = new Stack<HandOver>();
        return posted >= 0 && LeadsBack(posted, received, way) ? [.. way] : null;
    }

    /// <summary>
    /// Whether what an executor gave away is what it had taken; the latest that fits.
    /// </summary>
    private bool LeadsBack(int left, IReadOnlySet<Descriptor> received, Stack<HandOver> way)
    {
        if (way.Count >= 2 * MostExecutors)
            return false;
        way.Push(handOvers[left]);
        for (var index = left - 1; index >= 0; index--)
        {
            var taken = handOvers[index];
            if (!taken.Executor.Is(handOvers[left].Executor))
                continue;
            if (taken.Kind == HandOverKind.DescriptorTaken && received.Contains(taken.Descriptor))
            {
                way.Push(taken);
                return true;
            }

            if (taken.Kind != HandOverKind.Taken)
                continue;
            var queued = handOvers.FindLastIndex(index, handOver =>
                handOver.Kind == HandOverKind.Queued && handOver.Token == taken.Token);
            if (queued < 0)
                continue;
            way.Push(taken);
            if (LeadsBack(queued, received, way))
                return true;
            way.Pop();
        }

        way.Pop();
        return false;
    }
}
