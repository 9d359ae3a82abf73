using System.Buffers.Binary;
using Disguise.Hardware.Wire;

namespace Disguise.LibOS.Network;

/// <summary>
/// The 42 bytes of Ethernet, IPv4 and UDP header in front of a datagram's payload that is in
/// place already, so that the payload need not be touched.
/// </summary>
public static class UdpHeaders
{
    /// <summary>Bytes of the three headers without tag and options.</summary>
    public const int LengthBytes =
        EthernetHeader.LengthBytes + Ipv4Header.LengthBytes + UdpHeader.LengthBytes;

    private const int Network = EthernetHeader.LengthBytes;
    private const int TimeToLive = Network + 8;
    private const int Checksum = Network + 10;
    private const int Addresses = Network + 12;
    private const int Ports = Network + Ipv4Header.LengthBytes;

    /// <summary>
    /// Writes headers with the IPv4 checksum and without that of UDP, which the device fills in.
    /// Returns their length.
    /// </summary>
    public static int Write(Span<byte> head, in UdpEndpoints endpoints, int payloadBytes)
    {
        var hosts = endpoints.Hosts;
        var at = new EthernetHeader(
            hosts.DestinationMac, hosts.SourceMac, EtherType.Ipv4, hosts.Vlan).Emit(head);
        at += new Ipv4Header(
            hosts.Source, hosts.Destination, IpProtocol.Udp,
            UdpHeader.LengthBytes + payloadBytes)
        {
            IsDontFragment = true,
        }.Emit(head[at..]);
        return at + new UdpHeader(
            endpoints.SourcePort, endpoints.DestinationPort, payloadBytes).Emit(head[at..]);
    }

    /// <summary>
    /// Turns the headers of a datagram that has neither tag nor options around, for an answer
    /// with the same payload. The sums of addresses and ports stay what they are; only the time to
    /// live changes the IPv4 checksum (RFC 1624).
    /// </summary>
    public static void TurnAround(Span<byte> head)
    {
        Swap(head[..MacAddress.LengthBytes],
            head[MacAddress.LengthBytes..(2 * MacAddress.LengthBytes)]);
        Swap(head.Slice(Addresses, Ipv4Address.LengthBytes),
            head.Slice(Addresses + Ipv4Address.LengthBytes, Ipv4Address.LengthBytes));
        Swap(head.Slice(Ports, sizeof(ushort)), head.Slice(Ports + sizeof(ushort), sizeof(ushort)));
        var old = BinaryPrimitives.ReadUInt16BigEndian(head[TimeToLive..]);
        head[TimeToLive] = Ipv4Header.DefaultTimeToLive;
        var now = BinaryPrimitives.ReadUInt16BigEndian(head[TimeToLive..]);
        var sum = BinaryPrimitives.ReadUInt16BigEndian(head[Checksum..]);
        BinaryPrimitives.WriteUInt16BigEndian(
            head[Checksum..], InternetChecksum.Update(sum, old, now));
    }

    private static void Swap(Span<byte> left, Span<byte> right)
    {
        Span<byte> kept = stackalloc byte[MacAddress.LengthBytes];
        left.CopyTo(kept);
        right.CopyTo(left);
        kept[..left.Length].CopyTo(right);
    }
}
