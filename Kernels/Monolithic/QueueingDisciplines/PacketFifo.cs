namespace Disguise.Kernels.Monolithic.QueueingDisciplines;

/// <summary>
/// Packets first in, first out, with a limit on their number and tail drop (tc-pfifo_fast(8); all
/// traffic is of one band).
/// </summary>
/// <param name="limit">Most packets.</param>
internal sealed class PacketFifo(int limit)
{
    private OutgoingPacket[] packets = [];
    private int first;

    /// <summary>Packets that wait.</summary>
    public int Count { get; private set; }

    /// <summary>The oldest; there must be one.</summary>
    public ref readonly OutgoingPacket First
    {
        get
        {
            if (Count == 0)
                throw new InvalidOperationException("no packet waits");
            return ref packets[first];
        }
    }

    /// <summary>Adds one. False when the queue is full.</summary>
    public bool TryAdd(in OutgoingPacket packet)
    {
        if (Count == limit)
            return false;
        if (Count == packets.Length)
            Grow();
        packets[(first + Count++) % packets.Length] = packet;
        return true;
    }

    /// <summary>Takes the oldest; there must be one.</summary>
    public OutgoingPacket Take()
    {
        var packet = First;
        packets[first] = default;
        first = (first + 1) % packets.Length;
        Count--;
        return packet;
    }

    private void Grow()
    {
        var grown = new OutgoingPacket[Math.Min(limit, Math.Max(8, Count * 2))];
        for (var index = 0; index < Count; index++)
            grown[index] = packets[(first + index) % packets.Length];
        packets = grown;
        first = 0;
    }
}
