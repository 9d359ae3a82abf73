using System.Runtime.CompilerServices;
using Disguise.Hardware.Network;
using Disguise.Hardware.Wire;

using Disguise.Kernels.Abstractions.Network;
namespace Disguise.LibOS.Network;

/// <summary>
/// One host's ARP, IPv4, ICMP and UDP as a state machine without input and output: frames are
/// handed in, answers handed out, time is an argument. It can be linked into a container, an
/// environment, a kernel or a server; who calls it charges for it. Of a UDP datagram whose
/// checksums the device has verified it reads the headers alone.
/// </summary>
/// <param name="mac">The host's Ethernet address.</param>
/// <param name="ip">The host's IPv4 address.</param>
public sealed class NetworkStack(MacAddress mac, Ipv4Address ip) : INetworkStack
{
    /// <summary>
    /// Bytes that hold any headers that the stack parses: Ethernet with tag, IPv4 with options,
    /// UDP, TCP without options.
    /// </summary>
    public const int HeadBytes = 98;

    private NeighbourTable? neighbours;
    private AnswerLimiter limiter;

    /// <summary>The host's Ethernet address.</summary>
    public MacAddress Mac { get; } = mac;

    /// <summary>The host's IPv4 address.</summary>
    public Ipv4Address Ip { get; } = ip;

    /// <summary>Bound UDP ports.</summary>
    public UdpPortTable Ports { get; } = new();

    /// <summary>
    /// Frames received = sent (to a port, or consumed by the stack itself) + dropped by reason.
    /// </summary>
    public PacketCounters Counters { get; } = new();

    /// <summary>Answers of ARP and ICMP sent.</summary>
    public long AnswerCount { get; private set; }

    /// <summary>ICMP errors that the rate limit held back.</summary>
    public long WithheldAnswerCount { get; private set; }

    /// <summary>Neighbours known.</summary>
    public int NeighbourCount => neighbours?.Count ?? 0;

    /// <summary>Takes one frame in. Answers go to the sink at once.</summary>
    [SkipLocalsInit]
    public Reception Receive<TFrame>(in TFrame frame, IFrameSink answers, long nowPs)
        where TFrame : IReceivedFrame
    {
        Counters.CountReceived();
        var length = frame.LengthBytes;
        Span<byte> room = stackalloc byte[EthernetLimits.MaximumTaggedFrameBytes];
        if ((uint)length > (uint)room.Length)
            return Drop(StackDrops.MalformedHeader);
        // The parser looks at headers only: what lies behind them is read when it is needed.
        var bytes = room[..length];
        frame.Read(0, bytes[..Math.Min(length, HeadBytes)]);
        if (!FrameParser.TryRead(bytes, out var fields))
            return Drop(StackDrops.MalformedHeader);
        if (fields.DestinationMac != Mac && !fields.DestinationMac.IsBroadcast)
            return Drop(StackDrops.ForeignStation);
        return fields.EtherType switch
        {
            EtherType.Ipv4 => ReceiveIpv4(frame, bytes, fields, answers, nowPs),
            EtherType.Arp => ReceiveArp(bytes, fields, answers),
            _ => Drop(StackDrops.UnknownEtherType),
        };
    }

    /// <summary>
    /// Finds the Ethernet address of a neighbour. Where it is not known, asks by ARP and gives
    /// false; the answer, when it is received, makes a later call succeed.
    /// </summary>
    public bool TryResolve(Ipv4Address address, IFrameSink questions, out MacAddress found)
    {
        if (address.IsBroadcast)
        {
            found = MacAddress.Broadcast;
            return true;
        }

        if (neighbours is not null && neighbours.TryFind(address, out found))
            return true;
        found = default;
        Span<byte> question = stackalloc byte[EthernetLimits.MinimumFrameBytes];
        FrameBuilder.ArpRequest(question, Mac, Ip, address);
        questions.TrySend(question);
        return false;
    }

    /// <inheritdoc/>
    public BindResult Bind(ushort port, int owner, out ushort bound) =>
        Ports.Bind(port, owner, out bound);

    /// <inheritdoc/>
    public bool Unbind(ushort port) => Ports.Unbind(port);

    /// <inheritdoc/>
    public int WriteUdpHeaders(Span<byte> head, in UdpEndpoints endpoints, int payloadBytes) =>
        UdpHeaders.Write(head, endpoints, payloadBytes);

    /// <summary>
    /// Learns a neighbour from a datagram that was received and is about to be answered by
    /// address.
    /// </summary>
    public void Learn(in UdpEndpoints received) =>
        (neighbours ??= new NeighbourTable()).Learn(
            received.Hosts.Source, received.Hosts.SourceMac);

    private Reception ReceiveArp(
        ReadOnlySpan<byte> bytes, in FrameFields fields, IFrameSink answers)
    {
        if (!ArpHeader.TryParse(bytes[fields.NetworkOffset..], out var packet, out _)
            || !packet.SenderMac.IsUnicast || packet.SenderAddress == Ip)
            return Drop(StackDrops.MalformedHeader);
        if (packet.TargetAddress != Ip)
            return Drop(StackDrops.ForeignAddress);
        // RFC 826: who asks or answers us is worth knowing. A probe has no address yet (RFC 5227).
        if (packet.SenderAddress != Ipv4Address.Any)
            (neighbours ??= new NeighbourTable()).Learn(packet.SenderAddress, packet.SenderMac);
        if (packet.Operation == ArpOperation.Reply)
            return Consume();
        Span<byte> answer = stackalloc byte[
            EthernetLimits.MinimumFrameBytes + VlanTag.LengthBytes];
        var length = FrameBuilder.ArpReply(answer, packet, Mac, TagOf(fields));
        return Answer(answers, answer[..length]);
    }

    private Reception ReceiveIpv4<TFrame>(
        in TFrame frame, Span<byte> bytes, in FrameFields fields, IFrameSink answers, long nowPs)
        where TFrame : IReceivedFrame
    {
        if (!fields.HasIpv4)
            return Drop(StackDrops.MalformedHeader);
        var checksums = frame.Checksums;
        if ((checksums & ChecksumStatus.NetworkChecked) == 0)
        {
            ReadRest(frame, bytes);
            checksums = ChecksumOffload.Verify(bytes, fields);
        }

        if ((checksums & (ChecksumStatus.NetworkError | ChecksumStatus.TransportError)) != 0)
            return Drop(StackDrops.BadChecksum);
        if (fields.Destination != Ip && !fields.Destination.IsBroadcast)
            return Drop(StackDrops.ForeignAddress);
        if (fields.IsFragment)
            return Drop(StackDrops.Fragment);
        if (fields.Protocol == IpProtocol.Udp)
            return ReceiveUdp(bytes, fields, answers, nowPs);
        if (fields.Protocol != IpProtocol.Icmp)
            return Drop(StackDrops.UnknownProtocol);
        ReadRest(frame, bytes);
        return ReceiveIcmp(bytes, fields, answers);
    }

    private Reception ReceiveUdp(
        ReadOnlySpan<byte> bytes, in FrameFields fields, IFrameSink answers, long nowPs)
    {
        if (!fields.HasPorts)
            return Drop(StackDrops.MalformedHeader);
        if (!Ports.TryFind(fields.DestinationPort, out var owner))
        {
            AnswerUnreachable(bytes, fields, answers, nowPs);
            return Drop(StackDrops.NoPort);
        }

        Counters.CountSent();
        return new Reception
        {
            Kind = ReceptionKind.Datagram,
            Owner = owner,
            Endpoints = new UdpEndpoints(
                HostsOf(fields), fields.SourcePort, fields.DestinationPort),
            PayloadOffsetBytes = fields.PayloadOffset,
            PayloadBytes = fields.EndOffset - fields.PayloadOffset,
        };
    }

    [SkipLocalsInit]
    private Reception ReceiveIcmp(
        ReadOnlySpan<byte> bytes, in FrameFields fields, IFrameSink answers)
    {
        var message = bytes[fields.TransportOffset..fields.EndOffset];
        if (!IcmpHeader.TryParse(message, out var header, out var error))
        {
            return Drop(error == WireError.IcmpChecksum
                ? StackDrops.BadChecksum : StackDrops.MalformedHeader);
        }

        if (header.Type != IcmpType.EchoRequest)
            return Consume();
        if (fields.Destination.IsBroadcast || !CanBeAnswered(fields))
            return Drop(StackDrops.ForeignAddress);
        Span<byte> answer = stackalloc byte[EthernetLimits.MaximumTaggedFrameBytes];
        var length = FrameBuilder.Icmp(
            answer, HostsOf(fields).Reversed,
            IcmpHeader.EchoReply(header.Identifier, header.SequenceNumber),
            message[IcmpHeader.LengthBytes..]);
        return Answer(answers, answer[..length]);
    }

    /// <summary>No error about what went to many or came from nobody (RFC 1122 3.2.2).</summary>
    private void AnswerUnreachable(
        ReadOnlySpan<byte> bytes, in FrameFields fields, IFrameSink answers, long nowPs)
    {
        if (fields.DestinationMac.IsBroadcast || fields.Destination.IsBroadcast
            || !CanBeAnswered(fields))
            return;
        if (!limiter.TryTake(nowPs))
        {
            WithheldAnswerCount++;
            return;
        }

        // The datagram's header and 8 bytes more (RFC 792).
        var head = bytes[fields.NetworkOffset..(fields.TransportOffset + UdpHeader.LengthBytes)];
        Span<byte> answer = stackalloc byte[2 * HeadBytes];
        var length = FrameBuilder.Icmp(
            answer, HostsOf(fields).Reversed,
            IcmpHeader.DestinationUnreachable(IcmpUnreachableCode.Port), head);
        if (answers.TrySend(answer[..length]))
            AnswerCount++;
    }

    private static bool CanBeAnswered(in FrameFields fields) =>
        fields.SourceMac.IsUnicast && fields.Source != Ipv4Address.Any
        && !fields.Source.IsBroadcast && !fields.Source.IsMulticast;

    private static void ReadRest<TFrame>(in TFrame frame, Span<byte> bytes)
        where TFrame : IReceivedFrame
    {
        if (bytes.Length > HeadBytes)
            frame.Read(HeadBytes, bytes[HeadBytes..]);
    }

    private static Ipv4Endpoints HostsOf(in FrameFields fields) => new(
        fields.SourceMac, fields.DestinationMac, fields.Source, fields.Destination,
        TagOf(fields));

    private static VlanTag? TagOf(in FrameFields fields) =>
        fields.HasVlan && fields.VlanIdentifier <= VlanTag.MaximumIdentifier
            ? new VlanTag(fields.VlanIdentifier) : null;

    private Reception Answer(IFrameSink answers, ReadOnlySpan<byte> answer)
    {
        if (!answers.TrySend(answer))
            return Drop(StackDrops.NoRoomForAnswer);
        AnswerCount++;
        return Consume();
    }

    private Reception Consume()
    {
        Counters.CountSent();
        return new Reception { Kind = ReceptionKind.Consumed };
    }

    private Reception Drop(DropReason reason)
    {
        Counters.CountDropped(reason);
        return new Reception { Kind = ReceptionKind.Dropped, Reason = reason };
    }
}
