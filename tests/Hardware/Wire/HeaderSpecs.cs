using CsCheck;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Wire;

public class HeaderSpecs
{
    [Fact]
    public void An_Ethernet_header_reads_as_it_was_written() => Gen.Select(
        WireGen.Mac, WireGen.Mac, Gen.UShort[0x0600, 0xFFFF], WireGen.Vlan)
        .Where((_, _, type, _) => type != (ushort)EtherType.VlanTag)
        .Sample((destination, source, type, vlan) =>
        {
            var header = new EthernetHeader(destination, source, (EtherType)type, vlan);
            var bytes = new byte[EthernetHeader.TaggedLengthBytes];
            var length = header.Emit(bytes);
            Assert.Equal(vlan is null ? 14 : 18, length);
            Assert.True(EthernetHeader.TryParse(bytes.AsSpan(0, length), out var read, out _));
            Assert.Equal(header, read);
        });

    [Fact]
    public void An_ARP_packet_reads_as_it_was_written() => Gen.Select(
        Gen.Bool, WireGen.Mac, WireGen.Address, WireGen.Mac, WireGen.Address)
        .Sample((request, senderMac, sender, targetMac, target) =>
        {
            var operation = request ? ArpOperation.Request : ArpOperation.Reply;
            var header = new ArpHeader(operation, senderMac, sender, targetMac, target);
            var bytes = new byte[ArpHeader.LengthBytes];
            Assert.Equal(bytes.Length, header.Emit(bytes));
            Assert.True(ArpHeader.TryParse(bytes, out var read, out var error));
            Assert.Equal((header, WireError.None), (read, error));
        });

    [Fact]
    public void An_IPv4_header_reads_as_it_was_written() => WireGen.Ipv4.Sample(header =>
    {
        var bytes = new byte[Ipv4Header.LengthBytes + header.PayloadLengthBytes];
        Assert.Equal(Ipv4Header.LengthBytes, header.Emit(bytes));
        var fits = header.FragmentOffsetBytes + bytes.Length <= ushort.MaxValue;
        Assert.Equal(fits, Ipv4Header.TryParse(bytes, out var read, out var error));
        Assert.Equal(fits ? header : default, read);
        Assert.Equal(fits ? WireError.None : WireError.Ipv4FragmentBeyondDatagram, error);
    });

    [Fact]
    public void An_ICMP_header_reads_as_it_was_written() => Gen.Select(
        Gen.Int[0, 2], Gen.UShort, Gen.UShort, Gen.Int[0, 15], WireGen.Payload)
        .Sample((kind, identifier, sequence, code, payload) =>
        {
            var header = kind switch
            {
                0 => IcmpHeader.EchoRequest(identifier, sequence),
                1 => IcmpHeader.EchoReply(identifier, sequence),
                _ => IcmpHeader.DestinationUnreachable((IcmpUnreachableCode)code, sequence),
            };
            byte[] bytes = [.. new byte[IcmpHeader.LengthBytes], .. payload];
            header.Emit(bytes);
            Assert.True(IcmpHeader.TryParse(bytes, out var read, out _));
            Assert.Equal(header, read);
        });

    [Fact]
    public void A_UDP_header_reads_as_it_was_written() => Gen.Select(
        WireGen.Udp, WireGen.Payload).Sample((endpoints, payload) =>
        {
            var (from, to) = (endpoints.Hosts.Source, endpoints.Hosts.Destination);
            var header = new UdpHeader(
                endpoints.SourcePort, endpoints.DestinationPort, payload.Length);
            byte[] bytes = [.. new byte[UdpHeader.LengthBytes], .. payload];
            header.Emit(bytes, from, to);
            Assert.NotEqual(0, bytes[6] | bytes[7]);
            Assert.True(UdpHeader.TryParse(bytes, from, to, out var read, out _));
            Assert.Equal(header, read);
            header.Emit(bytes);
            Assert.True(UdpHeader.TryParse(bytes, from, to, out read, out _));
            Assert.Equal(header, read);
        });

    [Fact]
    public void A_computed_UDP_checksum_of_zero_is_sent_as_ones()
    {
        // 0xFFFF - (17 + 10 + 10) makes all words add up to 0xFFFF, whose complement is zero.
        byte[] bytes = [0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xDA];
        new UdpHeader(0, 0, 2).Emit(bytes, default, default);
        Assert.Equal([0xFF, 0xFF], bytes[6..8]);
        Assert.True(UdpHeader.TryParse(bytes, default, default, out _, out _));
    }

    [Fact]
    public void Options_of_an_IPv4_header_are_accepted_and_its_padding_is_cut()
    {
        byte[] bytes = new byte[40];
        var payloadBytes = 10;
        new Ipv4Header(default, default, IpProtocol.Udp, payloadBytes + 4).Emit(bytes);
        (bytes[0], bytes[20]) = (0x46, 1);
        var sum = InternetChecksum.Update(
            (ushort)((bytes[10] << 8) | bytes[11]), (ushort)0x4500, (ushort)0x4600);
        sum = InternetChecksum.Update(sum, (ushort)0, (ushort)0x0100);
        (bytes[10], bytes[11]) = ((byte)(sum >> 8), (byte)sum);
        Assert.True(Ipv4Header.TryParse(bytes, out var header, out _));
        Assert.Equal(payloadBytes, header.PayloadLengthBytes);
        Assert.True(Ipv4View.TryParse(bytes, out var view, out _));
        Assert.Equal(24, view.HeaderLengthBytes);
        Assert.Equal([1, 0, 0, 0], view.Options.ToArray());
        Assert.Equal(payloadBytes, view.Payload.Length);
    }

    [Fact]
    public void A_header_that_does_not_exist_is_not_written()
    {
        var bytes = new byte[70_000];
        Assert.Throws<InvalidOperationException>(
            () => new Ipv4Header(default, default, IpProtocol.Udp, 65_516).Emit(bytes));
        Assert.Throws<InvalidOperationException>(
            () => new Ipv4Header(default, default, IpProtocol.Udp, 8)
            {
                FragmentOffsetBytes = 12,
            }.Emit(bytes));
        Assert.Throws<InvalidOperationException>(() => new UdpHeader(1, 2, 65_528).Emit(bytes));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VlanTag(4_095));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VlanTag(1, 8));
    }

    [Fact]
    public void Headers_print_what_a_person_looks_for()
    {
        var (one, two) = (new Ipv4Address(10, 0, 0, 1), new Ipv4Address(10, 0, 0, 2));
        var mac = new MacAddress(0x020000000001);
        Assert.Equal(
            "ethernet 02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff Arp vlan 7 priority 3",
            new EthernetHeader(MacAddress.Broadcast, mac, EtherType.Arp, new(7, 3)).ToString());
        Assert.Equal(
            "arp who has 10.0.0.2? tell 10.0.0.1 at 02:00:00:00:00:01",
            ArpHeader.Request(mac, one, two).ToString());
        Assert.Equal(
            "ipv4 10.0.0.1 > 10.0.0.2 Udp payload 24 B ttl 64 fragment 5 at 16+",
            new Ipv4Header(one, two, IpProtocol.Udp, 24)
            {
                Identification = 5,
                FragmentOffsetBytes = 16,
                HasMoreFragments = true,
            }.ToString());
        Assert.Equal("udp 1 > 2 payload 3 B", new UdpHeader(1, 2, 3).ToString());
        Assert.Equal(
            "icmp destination unreachable: Port",
            IcmpHeader.DestinationUnreachable(IcmpUnreachableCode.Port).ToString());
        Assert.Equal(
            "icmp EchoReply identifier 4 sequence 5", IcmpHeader.EchoReply(4, 5).ToString());
    }
}
