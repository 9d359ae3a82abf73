using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// A UDP socket of a process in the network server: who waits for its next datagram, and
/// datagrams that nobody has waited for yet, in the buffers in which they came.
/// </summary>
internal sealed class ServerSocket(ServerTenant tenant)
{
    /// <summary>Most datagrams that wait.</summary>
    public const int QueueLimit = 64;

    private Kept[] kept = [];
    private int first;

    /// <summary>Whose it is.</summary>
    public ServerTenant Tenant { get; } = tenant;

    /// <summary>The port that it is bound to; 0 before.</summary>
    public ushort Port { get; set; }

    /// <summary>The right to answer who waits; none where nobody does.</summary>
    public Handle Waiter { get; set; }

    /// <summary>Datagrams that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Puts a datagram at the end; false when there are too many.</summary>
    public bool TryAdd(in Kept datagram)
    {
        if (Count == QueueLimit)
            return false;
        if (kept.Length == 0)
            kept = new Kept[QueueLimit];
        kept[(first + Count) % QueueLimit] = datagram;
        Count++;
        return true;
    }

    /// <summary>Takes the datagram that has waited longest.</summary>
    public bool TryTake(out Kept datagram)
    {
        datagram = default;
        if (Count == 0)
            return false;
        datagram = kept[first];
        first = (first + 1) % QueueLimit;
        Count--;
        return true;
    }

    /// <summary>A datagram in the buffer in which it came.</summary>
    /// <param name="Queue">The queue pair whose buffer it is.</param>
    /// <param name="Packet">The packet.</param>
    /// <param name="Reception">What the stack made of it.</param>
    internal readonly record struct Kept(int Queue, Packet Packet, Reception Reception);
}
