using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Wire;

/// <summary>Each way to break a header gives its own reason.</summary>
public class WireErrorSpecs
{
    private static readonly UdpEndpoints Endpoints = new(
        new(new(0x020000000001), new(0x020000000002), new(10, 0, 0, 1), new(10, 0, 0, 2)),
        4_000,
        7);

    private static readonly HashSet<WireError> Seen = [];

    [Fact]
    public void Every_reason_is_given_by_the_damage_that_it_names()
    {
        Ethernet(WireError.EthernetTooShort, length: 13);
        Ethernet(WireError.EthernetLengthField, 14, (12, 0x05), (13, 0xFF));
        Ethernet(WireError.VlanTooShort, 17, (12, 0x81), (13, 0x00));

        Arp(WireError.ArpTooShort, length: 27);
        Arp(WireError.ArpHardwareType, 28, (1, 6));
        Arp(WireError.ArpProtocolType, 28, (3, 1));
        Arp(WireError.ArpAddressLength, 28, (4, 8));
        Arp(WireError.ArpAddressLength, 28, (5, 16));
        Arp(WireError.ArpOperation, 28, (7, 3));

        Ipv4(WireError.Ipv4TooShort, length: 19);
        Ipv4(WireError.Ipv4Version, 46, (0, 0x65));
        Ipv4(WireError.Ipv4HeaderLength, 46, (0, 0x44));
        Ipv4(WireError.Ipv4OptionsTruncated, 46, (0, 0x4F));
        Ipv4(WireError.Ipv4TotalLength, 46, (3, 19));
        Ipv4(WireError.Ipv4Truncated, 46, (3, 47));
        Ipv4(WireError.Ipv4ReservedFlag, 46, (6, 0x80));
        Ipv4(WireError.Ipv4FragmentBeyondDatagram, 46, (6, 0x1F), (7, 0xFF));
        Ipv4(WireError.Ipv4Checksum, 46, (8, 63));

        Icmp(WireError.IcmpTooShort, length: 7, type: 8, code: 0);
        Icmp(WireError.IcmpType, length: 8, type: 13, code: 0);
        Icmp(WireError.IcmpCode, length: 8, type: 8, code: 1);
        Icmp(WireError.IcmpCode, length: 8, type: 3, code: 16);
        Icmp(WireError.IcmpChecksum, 8, 8, 0, (7, 1));

        Udp(WireError.UdpTooShort, length: 7);
        Udp(WireError.UdpLength, 12, (5, 7));
        Udp(WireError.UdpTruncated, 12, (5, 13));
        Udp(WireError.UdpChecksum, 12, (11, 99));

        Tcp(WireError.TcpTooShort, length: 19, dataOffset: 5);
        Tcp(WireError.TcpDataOffset, length: 20, dataOffset: 4);
        Tcp(WireError.TcpOptionsTruncated, length: 20, dataOffset: 6);

        Offload(WireError.EtherTypeDiffers, (12, 0x86), (13, 0xDD));
        Offload(WireError.ProtocolDiffers, (23, 6));
        Offload(WireError.Fragmented, (20, 0x20));

        Assert.Equal(Enum.GetValues<WireError>().Length - 1, Seen.Count);
    }

    private static void Ethernet(
        WireError expected, int length, params (int Offset, byte Value)[] damage)
    {
        var bytes = Damaged(UdpFrame(), 0, length, damage);
        EthernetHeader.TryParse(bytes, out _, out var error);
        Expect(expected, error);
        FrameParser.TryRead(bytes, out var fields);
        Assert.Equal(expected, fields.Error);
    }

    private static void Arp(
        WireError expected, int length, params (int Offset, byte Value)[] damage)
    {
        var frame = WireGen.Build(room => FrameBuilder.ArpRequest(
            room, Endpoints.Hosts.SourceMac, Endpoints.Hosts.Source, Endpoints.Hosts.Destination));
        ArpHeader.TryParse(Damaged(frame, 14, length, damage), out _, out var error);
        Expect(expected, error);
    }

    private static void Ipv4(
        WireError expected, int length, params (int Offset, byte Value)[] damage)
    {
        Ipv4Header.TryParse(Damaged(UdpFrame(), 14, length, damage), out _, out var error);
        Expect(expected, error);
    }

    private static void Icmp(
        WireError expected,
        int length,
        byte type,
        byte code,
        params (int Offset, byte Value)[] damage)
    {
        var message = new byte[8];
        new IcmpHeader((IcmpType)type, code, 0, 0).Emit(message);
        IcmpHeader.TryParse(Damaged(message, 0, length, damage), out _, out var error);
        Expect(expected, error);
    }

    private static void Udp(
        WireError expected, int length, params (int Offset, byte Value)[] damage)
    {
        var (from, to) = (Endpoints.Hosts.Source, Endpoints.Hosts.Destination);
        var datagram = Damaged(UdpFrame(), 34, length, damage);
        UdpHeader.TryParse(datagram, from, to, out _, out var error);
        Expect(expected, error);
    }

    private static void Tcp(WireError expected, int length, byte dataOffset)
    {
        var segment = new byte[length];
        segment[12] = (byte)(dataOffset << 4);
        TcpView.TryParse(segment, out _, out var error);
        Expect(expected, error);
    }

    private static void Offload(
        WireError expected, params (int Offset, byte Value)[] damage)
    {
        var bytes = Damaged(UdpFrame(), 0, EthernetLimits.MinimumFrameBytes, damage);
        var before = bytes.ToArray();
        Expect(expected, ChecksumOffload.FillUdp(bytes));
        Assert.Equal(before, bytes);
    }

    private static void Expect(WireError expected, WireError error)
    {
        Assert.Equal(expected, error);
        Seen.Add(error);
    }

    private static byte[] Damaged(
        byte[] bytes, int from, int length, (int Offset, byte Value)[] damage)
    {
        var copy = bytes.AsSpan(from, length).ToArray();
        foreach (var (offset, value) in damage)
        {
            copy[offset] = value;
        }

        return copy;
    }

    private static byte[] UdpFrame() =>
        WireGen.Build(frame => FrameBuilder.Udp(frame, Endpoints, "abcd"u8));
}
