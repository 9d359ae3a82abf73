using CsCheck;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Wire;

public class FrameSpecs
{
    [Fact]
    public void A_built_UDP_frame_is_read_back_field_by_field() =>
        Gen.Select(WireGen.Udp, WireGen.Payload).Sample((endpoints, payload) =>
        {
            var frame = WireGen.Build(room => FrameBuilder.Udp(room, endpoints, payload));
            Assert.True(FrameParser.TryRead(frame, out var fields));
            var hosts = endpoints.Hosts;
            Assert.Equal(hosts.DestinationMac, fields.DestinationMac);
            Assert.Equal(hosts.SourceMac, fields.SourceMac);
            Assert.Equal(hosts.Vlan?.Identifier ?? FrameFields.NoVlan, fields.VlanIdentifier);
            Assert.Equal(EtherType.Ipv4, fields.EtherType);
            Assert.True(fields.HasIpv4 && fields.HasPorts && !fields.IsFragment);
            Assert.Equal(WireError.None, fields.Error);
            Assert.Equal(
                new FlowKey(
                    hosts.Source,
                    hosts.Destination,
                    endpoints.SourcePort,
                    endpoints.DestinationPort,
                    IpProtocol.Udp),
                fields.Flow);
            Assert.Equal(payload, frame[fields.PayloadOffset..fields.EndOffset]);
            Assert.Equal(
                Math.Max(60, (hosts.Vlan is null ? 42 : 46) + payload.Length), frame.Length);
            Assert.All(frame[fields.EndOffset..], octet => Assert.Equal(0, octet));
        });

    [Fact]
    public void A_built_frame_has_right_checksums_and_a_filled_one_is_the_same() =>
        Gen.Select(WireGen.Udp, WireGen.Payload).Sample((endpoints, payload) =>
        {
            var frame = WireGen.Build(room => FrameBuilder.Udp(room, endpoints, payload));
            Assert.Equal(
                ChecksumStatus.NetworkChecked | ChecksumStatus.TransportChecked,
                ChecksumOffload.Verify(frame));
            var filled = frame.ToArray();
            FrameParser.TryRead(frame, out var fields);
            filled.AsSpan(fields.NetworkOffset + 10, 2).Fill(0xAB);
            filled.AsSpan(fields.TransportOffset + 6, 2).Fill(0xCD);
            Assert.Equal(WireError.None, ChecksumOffload.FillIpv4(filled));
            Assert.Equal(WireError.None, ChecksumOffload.FillUdp(filled));
            Assert.Equal(frame, filled);
        });

    [Fact]
    public void A_flipped_bit_shows_in_the_status_of_its_own_layer()
    {
        var frame = WireGen.Build(room => FrameBuilder.Udp(room, Endpoints, "payload"u8));
        var network = frame.ToArray();
        network[14 + 8] ^= 1;
        Assert.Equal(
            ChecksumStatus.NetworkChecked | ChecksumStatus.NetworkError
            | ChecksumStatus.TransportChecked,
            ChecksumOffload.Verify(network));
        var transport = frame.ToArray();
        transport[42] ^= 1;
        Assert.Equal(
            ChecksumStatus.NetworkChecked | ChecksumStatus.TransportChecked
            | ChecksumStatus.TransportError,
            ChecksumOffload.Verify(transport));
        var unsummed = frame.ToArray();
        unsummed.AsSpan(40, 2).Clear();
        Assert.Equal(ChecksumStatus.NetworkChecked, ChecksumOffload.Verify(unsummed));
    }

    [Fact]
    public void A_TCP_segment_is_steered_by_its_ports_and_summed_by_the_device()
    {
        var frame = TcpFrame(payloadBytes: 5);
        Assert.True(FrameParser.TryRead(frame, out var fields));
        Assert.Equal((ushort)80, fields.DestinationPort);
        Assert.Equal((ushort)5_000, fields.SourcePort);
        Assert.Equal(14 + 20 + 24, fields.PayloadOffset);
        Assert.Equal(5, fields.EndOffset - fields.PayloadOffset);
        Assert.Equal(WireError.None, ChecksumOffload.FillTcp(frame));
        Assert.Equal(
            ChecksumStatus.NetworkChecked | ChecksumStatus.TransportChecked,
            ChecksumOffload.Verify(frame));
        TcpView.TryParse(frame.AsSpan(34, 29), out var segment, out _);
        Assert.True(segment.IsChecksumValid(fields.Source, fields.Destination));
        frame[^1] ^= 1;
        Assert.True(ChecksumOffload.Verify(frame).HasFlag(ChecksumStatus.TransportError));
    }

    [Fact]
    public void A_fragment_has_addresses_and_no_ports()
    {
        foreach (var (more, offset) in new[] { (true, 0), (true, 8), (false, 8) })
        {
            var frame = WireGen.Build(room => FrameBuilder.Udp(room, Endpoints, "payload"u8));
            new Ipv4Header(Endpoints.Hosts.Source, Endpoints.Hosts.Destination, IpProtocol.Udp, 15)
            {
                HasMoreFragments = more,
                FragmentOffsetBytes = offset,
            }.Emit(frame.AsSpan(14));
            Assert.True(FrameParser.TryRead(frame, out var fields));
            Assert.True(fields.HasIpv4 && fields.IsFragment && !fields.HasPorts);
            Assert.Equal(Endpoints.Hosts.Source, fields.Source);
            Assert.Equal(0, fields.SourcePort + fields.DestinationPort + fields.PayloadOffset);
            Assert.Equal(ChecksumStatus.NetworkChecked, ChecksumOffload.Verify(frame));
        }
    }

    [Fact]
    public void A_frame_of_another_type_gives_its_Ethernet_part_only()
    {
        var frame = WireGen.Build(room => FrameBuilder.ArpRequest(
            room, Endpoints.Hosts.SourceMac, Endpoints.Hosts.Source, default, new VlanTag(9)));
        Assert.True(FrameParser.TryRead(frame, out var fields));
        Assert.Equal(EtherType.Arp, fields.EtherType);
        Assert.Equal(9, fields.VlanIdentifier);
        Assert.Equal(18, fields.NetworkOffset);
        Assert.False(fields.HasIpv4 || fields.HasPorts);
        Assert.Equal(default, fields.Flow);
        Assert.Equal(ChecksumStatus.None, ChecksumOffload.Verify(frame));
    }

    [Fact]
    public void A_request_for_an_address_is_answered_to_who_asked()
    {
        var hosts = Endpoints.Hosts;
        var question = WireGen.Build(room => FrameBuilder.ArpRequest(
            room, hosts.SourceMac, hosts.Source, hosts.Destination));
        Assert.Equal(60, question.Length);
        Assert.True(EthernetHeader.TryParse(question, out var ethernet, out _));
        Assert.Equal(MacAddress.Broadcast, ethernet.Destination);
        Assert.True(ArpHeader.TryParse(question.AsSpan(14), out var request, out _));
        var answer = WireGen.Build(room =>
            FrameBuilder.ArpReply(room, request, hosts.DestinationMac));
        Assert.True(EthernetHeader.TryParse(answer, out ethernet, out _));
        Assert.Equal(hosts.SourceMac, ethernet.Destination);
        Assert.True(ArpHeader.TryParse(answer.AsSpan(14), out var reply, out _));
        Assert.Equal(
            new ArpHeader(
                ArpOperation.Reply,
                hosts.DestinationMac,
                hosts.Destination,
                hosts.SourceMac,
                hosts.Source),
            reply);
    }

    [Fact]
    public void A_payload_may_lie_anywhere_in_the_room_of_the_frame()
    {
        var apart = WireGen.Build(room => FrameBuilder.Udp(room, Endpoints, "in place"u8));
        for (var at = 0; at < 100; at++)
        {
            var room = new byte[200];
            "in place"u8.CopyTo(room.AsSpan(at));
            var length = FrameBuilder.Udp(room, Endpoints, room.AsSpan(at, 8));
            Assert.Equal(apart, room[..length]);
        }
    }

    [Fact]
    public void The_longest_payload_fills_a_frame_and_one_byte_more_is_refused()
    {
        var payload = new byte[FrameBuilder.MaximumPayloadBytes + 1];
        var room = new byte[2_000];
        Assert.Equal(1_514, FrameBuilder.Udp(room, Endpoints, payload.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => FrameBuilder.Udp(room, Endpoints, payload));
        Assert.ThrowsAny<ArgumentException>(
            () => FrameBuilder.Udp(room.AsSpan(0, 59), Endpoints, default));
    }

    [Fact]
    public void A_minimum_frame_takes_84_bytes_of_time_on_the_wire()
    {
        Assert.Equal(84, EthernetLimits.OnWireBytes(60));
        Assert.Equal(84, EthernetLimits.OnWireBytes(14));
        Assert.Equal(1_538, EthernetLimits.OnWireBytes(EthernetLimits.MaximumFrameBytes));
    }

    [Fact]
    public void A_flow_hashes_the_same_in_every_process_and_unlike_its_way_back()
    {
        var flow = new FlowKey(new(10, 0, 0, 1), new(10, 0, 0, 2), 4_000, 7, IpProtocol.Udp);
        Assert.Equal(flow, flow.Reversed.Reversed);
        Assert.NotEqual(flow.Hash(), flow.Reversed.Hash());
        Assert.Equal("Udp 10.0.0.1:4000 > 10.0.0.2:7", flow.ToString());
        var buckets = new int[64];
        for (var tenant = 0; tenant < 64_000; tenant++)
        {
            var address = new Ipv4Address((10u << 24) + (uint)(tenant / 100));
            var key = flow with { Source = address, SourcePort = (ushort)(tenant % 100) };
            buckets[key.Hash() % 64]++;
        }

        Assert.All(buckets, count => Assert.InRange(count, 800, 1_200));
    }

    [Fact]
    public void Building_reading_and_verifying_a_frame_allocate_nothing()
    {
        var (room, payload) = (new byte[1_514], new byte[1_024]);
        var good = BuildReadAndVerify(room, payload);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < 1_000; index++)
        {
            good &= BuildReadAndVerify(room, payload);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(good);
    }

    private static bool BuildReadAndVerify(byte[] room, byte[] payload)
    {
        var frame = room.AsSpan(0, FrameBuilder.Udp(room, Endpoints, payload));
        return FrameParser.TryRead(frame, out var fields)
            && fields.Flow.DestinationPort == Endpoints.DestinationPort
            && ChecksumOffload.FillIpv4(frame) == WireError.None
            && ChecksumOffload.FillUdp(frame) == WireError.None
            && ChecksumOffload.Verify(frame, fields)
                == (ChecksumStatus.NetworkChecked | ChecksumStatus.TransportChecked);
    }

    private static UdpEndpoints Endpoints { get; } = new(
        new(new(0x020000000001), new(0x020000000002), new(10, 0, 0, 1), new(10, 0, 0, 2)),
        4_000,
        7);

    private static byte[] TcpFrame(int payloadBytes)
    {
        var frame = new byte[14 + 20 + 24 + payloadBytes];
        new EthernetHeader(default, default, EtherType.Ipv4).Emit(frame);
        new Ipv4Header(Endpoints.Hosts.Source, Endpoints.Hosts.Destination, IpProtocol.Tcp,
            24 + payloadBytes).Emit(frame.AsSpan(14));
        (frame[34], frame[35], frame[37], frame[46]) = (5_000 >> 8, 5_000 & 0xFF, 80, 0x60);
        return frame;
    }
}
