using Disguise.Actors.Execution;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Network;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Native;

/// <summary>
/// The native interface on one queue (Arrakis, TOCS 2015, section 3.6): a packet received is the
/// program's, in the buffer that the device wrote, until the program sends it or says that it is
/// done with it. No byte of a payload is copied.
/// </summary>
public sealed class NativeSocket : IDatagramSocket
{
    private readonly NativeLink link;
    private readonly PacketReceiver receiver;
    private readonly PacketSender sender;
    private bool ownsPacket;

    /// <summary>The interface of a queue.</summary>
    public NativeSocket(NativeLink link)
    {
        this.link = link;
        receiver = new PacketReceiver(link);
        sender = new PacketSender(link);
    }

    /// <summary>The packet received last.</summary>
    public Packet Packet => receiver.Packet;

    /// <inheritdoc/>
    public UdpEndpoints Endpoints => receiver.Reception.Endpoints;

    /// <inheritdoc/>
    public int PayloadBytes => receiver.Reception.PayloadBytes;

    /// <inheritdoc/>
    public EmulatedTask<BindResult> Bind(ushort port) =>
        new(link.Stack.Ports.Bind(port, 0, out _));

    /// <summary><c>receive_packet</c>: the packet is the program's from then on.</summary>
    public RoutineAwaiter ReceivePacket() => receiver.Receive();

    /// <summary><c>send_packet</c>: the packet is the device's from then on.</summary>
    public RoutineAwaiter SendPacket(in Packet packet) => sender.Send(packet);

    /// <summary><c>packet_done</c>: the buffer goes back to the device.</summary>
    public void PacketDone(in Packet packet) => link.Driver.Done(packet);

    /// <inheritdoc/>
    public RoutineAwaiter Receive()
    {
        if (ownsPacket)
            PacketDone(Packet);
        ownsPacket = true;
        return ReceivePacket();
    }

    /// <inheritdoc/>
    public RoutineAwaiter Reply() => Send(MakeReply());

    /// <summary>
    /// Sends a packet made of the one received last, in the place of a reply to it: whatever the
    /// program has written into it. Nothing but the device checks it.
    /// </summary>
    public RoutineAwaiter Send(in Packet made)
    {
        if (!ownsPacket)
            throw new InvalidOperationException("a datagram is answered once");
        ownsPacket = false;
        return SendPacket(made);
    }

    /// <summary>The packet received last, made one to be sent back.</summary>
    public Packet MakeReply() => TurnAround(Packet, receiver.Reception);

    /// <summary>Address of a packet's first byte in the program's own memory.</summary>
    public ulong AddressOf(in Packet packet) => link.Driver.AddressOf(packet);

    /// <summary>
    /// Makes a packet received one to be sent back: new headers in front of the same payload.
    /// </summary>
    public Packet TurnAround(in Packet packet, in Reception reception)
    {
        Span<byte> head = stackalloc byte[UdpHeaders.LengthBytes + VlanTag.LengthBytes];
        var address = link.Driver.AddressOf(packet);
        if (reception.PayloadOffsetBytes == UdpHeaders.LengthBytes)
        {
            head = head[..UdpHeaders.LengthBytes];
            link.Memory.Read(address, head);
            UdpHeaders.TurnAround(head);
            link.Memory.Write(address, head);
            return packet;
        }

        // Options or a tag: headers of this stack have none of the former and fit in their place.
        var length = UdpHeaders.Write(
            head, reception.Endpoints.Reversed, reception.PayloadBytes);
        var start = reception.PayloadOffsetBytes - length;
        link.Memory.Write(address + (ulong)start, head[..length]);
        return packet with
        {
            OffsetBytes = packet.OffsetBytes + start,
            LengthBytes = length + reception.PayloadBytes,
            NeedsChecksums = true,
        };
    }
}
