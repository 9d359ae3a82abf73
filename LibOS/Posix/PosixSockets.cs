using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Native;
using Disguise.LibOS.Network;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Posix;

/// <summary>
/// UDP sockets after POSIX on one queue of the card: <c>socket</c>, <c>bind</c>,
/// <c>recvfrom</c>, <c>sendto</c>. Each datagram is copied once on its way in and once on its way
/// out, between the ring's buffer and the application's (Arrakis, TOCS 2015, section 3.6).
/// </summary>
public sealed class PosixSockets
{
    /// <summary>Most sockets of a domain.</summary>
    public const int SocketLimit = 64;

    /// <summary>Most datagrams that wait in one socket.</summary>
    public const int QueueLimit = 16;

    /// <summary>Most that wait in all sockets together.</summary>
    public const int KeptLimit = 32;

    private readonly PosixReceiver receiver;
    private readonly PosixSender sender;
    private readonly NativeLink link;
    private ushort[] ports = [];
    private SocketQueue?[]? queues;

    /// <summary>The sockets of a domain.</summary>
    public PosixSockets(NativeLink link)
    {
        this.link = link;
        receiver = new PosixReceiver(link, this);
        sender = new PosixSender(link);
    }

    /// <summary>Bytes that the last <see cref="ReceiveFrom"/> copied.</summary>
    public int ReceivedBytes => receiver.CopiedBytes;

    /// <summary>From whom the datagram came that was received last.</summary>
    public UdpPeer Peer => new(
        receiver.Taken.Endpoints.Hosts.Source, receiver.Taken.Endpoints.SourcePort);

    /// <summary>What the stack knows of the datagram that was received last.</summary>
    public Reception Taken => receiver.Taken;

    /// <summary>Datagrams dropped because the socket's queue was full.</summary>
    public PacketCounters Counters { get; } = new();

    internal int KeptCount { get; private set; }

    /// <summary><c>socket</c>: a descriptor from 0 on, or -1 when there are too many.</summary>
    public int Socket()
    {
        if (ports.Length == SocketLimit)
            return -1;
        Array.Resize(ref ports, ports.Length + 1);
        return ports.Length - 1;
    }

    /// <summary><c>bind</c>; port 0 asks for an ephemeral one.</summary>
    public BindResult Bind(int socket, ushort port)
    {
        if (PortOf(socket) != 0)
            return BindResult.AlreadyBound;
        return link.Stack.Ports.Bind(port, socket, out ports[socket]);
    }

    /// <summary>The port that a socket is bound to; 0 before.</summary>
    public ushort PortOf(int socket) => ports[socket];

    /// <summary>
    /// <c>recvfrom</c>: waits for a datagram and copies its payload, or what fits of it, to an
    /// address of the application. False when the interface has been taken away.
    /// </summary>
    public RoutineAwaiter ReceiveFrom(int socket, ulong address, int capacityBytes) =>
        receiver.ReceiveFrom(socket, address, capacityBytes);

    /// <summary>
    /// <c>sendto</c>: copies the payload from an address of the application and sends it. False
    /// when it is longer than a frame takes, when the interface has been taken away, or when the
    /// peer's Ethernet address is not known yet: then ARP has asked for it.
    /// </summary>
    public RoutineAwaiter SendTo(int socket, ulong address, int lengthBytes, UdpPeer peer) =>
        sender.SendTo(PortOf(socket), address, lengthBytes, peer);

    internal bool TryKeep(in Packet packet, in Reception reception)
    {
        queues ??= new SocketQueue?[SocketLimit];
        var queue = queues[reception.Owner] ??= new SocketQueue();
        if (KeptCount == KeptLimit || !queue.TryAdd(new KeptDatagram(packet, reception)))
        {
            Counters.CountReceived();
            Counters.CountDropped(PosixDrops.SocketQueueFull);
            return false;
        }

        KeptCount++;
        return true;
    }

    internal bool TryTakeKept(int socket, out KeptDatagram datagram)
    {
        datagram = default;
        if (queues?[socket] is not { } queue || !queue.TryTake(out datagram))
            return false;
        KeptCount--;
        return true;
    }
}
