namespace Disguise.Hardware.Wire;

/// <summary>
/// Writes whole frames with right checksums, padded with zeros to the shortest frame that Ethernet
/// has, without frame check sequence. Nothing is allocated.
/// </summary>
/// <remarks>
/// A payload may lie in the destination itself, also where it will end up. A frame that is too
/// long for Ethernet or for the destination is the caller's mistake and throws
/// <see cref="ArgumentException"/>.
/// </remarks>
public static class FrameBuilder
{
    /// <summary>Longest UDP or ICMP echo payload of one frame: 1,472 bytes.</summary>
    public const int MaximumPayloadBytes =
        EthernetLimits.MaximumPayloadBytes - Ipv4Header.LengthBytes - UdpHeader.LengthBytes;

    /// <summary>Writes an Ethernet, IPv4 and UDP frame.</summary>
    /// <param name="destination">Room for the frame, from its first byte.</param>
    /// <param name="endpoints">Between whom.</param>
    /// <param name="payload">At most <see cref="MaximumPayloadBytes"/>.</param>
    /// <returns>Length of the frame in bytes.</returns>
    public static int Udp(
        Span<byte> destination, in UdpEndpoints endpoints, ReadOnlySpan<byte> payload)
    {
        var transport = Begin(
            destination, endpoints.Hosts, IpProtocol.Udp, UdpHeader.LengthBytes, payload);
        new UdpHeader(endpoints.SourcePort, endpoints.DestinationPort, payload.Length)
            .Emit(transport, endpoints.Hosts.Source, endpoints.Hosts.Destination);
        return Pad(destination, endpoints.Hosts.Vlan, Ipv4Header.LengthBytes + transport.Length);
    }

    /// <summary>Writes an Ethernet, IPv4 and ICMP frame, such as an echo or its answer.</summary>
    /// <param name="destination">Room for the frame, from its first byte.</param>
    /// <param name="endpoints">Between whom.</param>
    /// <param name="header">The message.</param>
    /// <param name="payload">At most <see cref="MaximumPayloadBytes"/>.</param>
    /// <returns>Length of the frame in bytes.</returns>
    public static int Icmp(
        Span<byte> destination,
        in Ipv4Endpoints endpoints,
        IcmpHeader header,
        ReadOnlySpan<byte> payload)
    {
        var transport = Begin(
            destination, endpoints, IpProtocol.Icmp, IcmpHeader.LengthBytes, payload);
        header.Emit(transport);
        return Pad(destination, endpoints.Vlan, Ipv4Header.LengthBytes + transport.Length);
    }

    /// <summary>Writes an ICMP echo request.</summary>
    /// <param name="destination">Room for the frame, from its first byte.</param>
    /// <param name="endpoints">Between whom.</param>
    /// <param name="identifier">Names the series of echoes.</param>
    /// <param name="sequenceNumber">Number within the series.</param>
    /// <param name="payload">What is to come back.</param>
    /// <returns>Length of the frame in bytes.</returns>
    public static int IcmpEcho(
        Span<byte> destination,
        in Ipv4Endpoints endpoints,
        ushort identifier,
        ushort sequenceNumber,
        ReadOnlySpan<byte> payload) => Icmp(
            destination, endpoints, IcmpHeader.EchoRequest(identifier, sequenceNumber), payload);

    /// <summary>Writes a broadcast ARP request.</summary>
    /// <param name="destination">Room for the frame, from its first byte.</param>
    /// <param name="senderMac">Ethernet address of who asks.</param>
    /// <param name="sender">IPv4 address of who asks.</param>
    /// <param name="target">Whose Ethernet address is wanted.</param>
    /// <param name="vlan">802.1Q tag, if the frame is to have one.</param>
    /// <returns>Length of the frame in bytes.</returns>
    public static int ArpRequest(
        Span<byte> destination,
        MacAddress senderMac,
        Ipv4Address sender,
        Ipv4Address target,
        VlanTag? vlan = null) => Arp(
            destination,
            MacAddress.Broadcast,
            ArpHeader.Request(senderMac, sender, target),
            vlan);

    /// <summary>Writes the answer to an ARP request, to who asked.</summary>
    /// <param name="destination">Room for the frame, from its first byte.</param>
    /// <param name="request">The request that arrived.</param>
    /// <param name="targetMac">Ethernet address of who has the target address.</param>
    /// <param name="vlan">802.1Q tag, if the frame is to have one.</param>
    /// <returns>Length of the frame in bytes.</returns>
    public static int ArpReply(
        Span<byte> destination,
        in ArpHeader request,
        MacAddress targetMac,
        VlanTag? vlan = null) => Arp(
            destination, request.SenderMac, request.Answer(targetMac), vlan);

    private static int Arp(
        Span<byte> destination, MacAddress receiver, in ArpHeader packet, VlanTag? vlan)
    {
        var ethernet = new EthernetHeader(receiver, packet.SenderMac, EtherType.Arp, vlan);
        var offset = ethernet.Emit(destination);
        packet.Emit(destination[offset..]);
        return Pad(destination, vlan, ArpHeader.LengthBytes);
    }

    /// <summary>Places the payload and the headers below the transport's.</summary>
    private static Span<byte> Begin(
        Span<byte> destination,
        in Ipv4Endpoints endpoints,
        IpProtocol protocol,
        int transportHeaderBytes,
        ReadOnlySpan<byte> payload)
    {
        if (payload.Length > MaximumPayloadBytes)
        {
            throw new ArgumentException(
                $"{payload.Length} B of payload; a frame takes {MaximumPayloadBytes}",
                nameof(payload));
        }

        var ethernet = new EthernetHeader(
            endpoints.DestinationMac, endpoints.SourceMac, EtherType.Ipv4, endpoints.Vlan);
        var networkOffset = ethernet.EmittedLengthBytes;
        var transportBytes = transportHeaderBytes + payload.Length;
        var transport = destination.Slice(
            networkOffset + Ipv4Header.LengthBytes, transportBytes);

        // The payload goes first: it may lie where the headers will stand.
        payload.CopyTo(transport[transportHeaderBytes..]);
        ethernet.Emit(destination);
        new Ipv4Header(endpoints.Source, endpoints.Destination, protocol, transportBytes)
        {
            IsDontFragment = true,
        }.Emit(destination[networkOffset..]);
        return transport;
    }

    private static int Pad(Span<byte> destination, VlanTag? vlan, int networkBytes)
    {
        var length = networkBytes
            + (vlan is null ? EthernetHeader.LengthBytes : EthernetHeader.TaggedLengthBytes);
        if (length >= EthernetLimits.MinimumFrameBytes)
        {
            return length;
        }

        destination[length..EthernetLimits.MinimumFrameBytes].Clear();
        return EthernetLimits.MinimumFrameBytes;
    }
}
