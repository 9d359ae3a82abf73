namespace Disguise.Kernels.Monolithic.Sockets;

/// <summary>
/// Datagrams that wait in a socket, first come first served, with a limit on the memory that they
/// take (SO_RCVBUF). It grows as it is used and never shrinks.
/// </summary>
public sealed class ReceiveBuffer
{
    private readonly int limitBytes;
    private Datagram[] datagrams = [];
    private int first;

    /// <summary>An empty buffer.</summary>
    /// <param name="limitBytes">Most memory that waiting datagrams may take.</param>
    public ReceiveBuffer(int limitBytes) => this.limitBytes = limitBytes;

    /// <summary>Datagrams that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Memory that they take, bytes.</summary>
    public int UsedBytes { get; private set; }

    /// <summary>
    /// Whether datagrams that come now are dropped: as many wait as may. What is compared with the
    /// limit is what waits, not what would (sk_rcvqueues_full, sock_queue_rcv_skb since 3.3).
    /// </summary>
    public bool IsFull => UsedBytes >= limitBytes;

    /// <summary>Adds one. False, and nothing is added, when it is full.</summary>
    public bool TryAdd(in Datagram datagram)
    {
        if (IsFull)
            return false;
        var bytes = BufferSpace.OfReceived(datagram.Packet.LengthBytes);
        if (Count == datagrams.Length)
            Grow();
        datagrams[(first + Count++) % datagrams.Length] = datagram;
        UsedBytes += bytes;
        return true;
    }

    /// <summary>Takes the oldest. False when none waits.</summary>
    public bool TryTake(out Datagram datagram)
    {
        if (Count == 0)
        {
            datagram = default;
            return false;
        }

        datagram = datagrams[first];
        first = (first + 1) % datagrams.Length;
        Count--;
        UsedBytes -= BufferSpace.OfReceived(datagram.Packet.LengthBytes);
        return true;
    }

    private void Grow()
    {
        var grown = new Datagram[Math.Max(4, Count * 2)];
        for (var index = 0; index < Count; index++)
            grown[index] = datagrams[(first + index) % datagrams.Length];
        datagrams = grown;
        first = 0;
    }
}
