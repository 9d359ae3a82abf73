namespace Disguise.LibOS.Posix;

/// <summary>Datagrams that came for a socket while its program waited for another one.</summary>
internal sealed class SocketQueue
{
    private readonly KeptDatagram[] kept = new KeptDatagram[PosixSockets.QueueLimit];
    private int first;

    public int Count { get; private set; }

    public bool TryAdd(in KeptDatagram datagram)
    {
        if (Count == kept.Length)
            return false;
        kept[(first + Count) % kept.Length] = datagram;
        Count++;
        return true;
    }

    public bool TryTake(out KeptDatagram datagram)
    {
        datagram = default;
        if (Count == 0)
            return false;
        datagram = kept[first];
        first = (first + 1) % kept.Length;
        Count--;
        return true;
    }
}
