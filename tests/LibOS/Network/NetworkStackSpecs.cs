using Disguise.Actors.Time;
using Disguise.Hardware.Network;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Network;
using Xunit;

namespace Disguise.LibOS.Tests.Network;

public class NetworkStackSpecs
{
    private static readonly byte[] Payload = [1, 2, 3, 4, 5];
    private readonly StackScene scene = new();

    [Fact]
    public void A_datagram_to_a_bound_port_is_delivered_with_the_place_of_its_payload()
    {
        scene.Stack.Ports.Bind(7, 42, out _);
        var frame = StackScene.Udp(7, Payload);
        var got = scene.Receive(frame);
        Assert.Equal(ReceptionKind.Datagram, got.Kind);
        Assert.Equal(42, got.Owner);
        Assert.Equal(StackScene.NeighbourIp, got.Endpoints.Hosts.Source);
        Assert.Equal(StackScene.NeighbourMac, got.Endpoints.Hosts.SourceMac);
        Assert.Equal(5_000, got.Endpoints.SourcePort);
        Assert.Equal(
            Payload, frame.AsSpan(got.PayloadOffsetBytes, got.PayloadBytes).ToArray());
        Assert.Empty(scene.Answers);
    }

    [Fact]
    public void Of_a_datagram_that_the_device_has_verified_only_the_head_is_read()
    {
        scene.Stack.Ports.Bind(7, 0, out _);
        var frame = StackScene.Udp(7, new byte[1_024]);
        frame[^1] ^= 1;
        Assert.Equal(StackDrops.BadChecksum, scene.Receive(frame).Reason);
        var verified = ChecksumStatus.NetworkChecked | ChecksumStatus.TransportChecked;
        Assert.Equal(ReceptionKind.Datagram, scene.Receive(frame, 0, verified).Kind);
    }

    [Theory]
    [InlineData(ChecksumStatus.NetworkChecked | ChecksumStatus.NetworkError)]
    [InlineData(ChecksumStatus.NetworkChecked | ChecksumStatus.TransportChecked
        | ChecksumStatus.TransportError)]
    public void What_the_device_found_damaged_is_dropped(ChecksumStatus found)
    {
        scene.Stack.Ports.Bind(7, 0, out _);
        var got = scene.Receive(StackScene.Udp(7, Payload), 0, found);
        Assert.Equal(StackDrops.BadChecksum, got.Reason);
    }

    [Fact]
    public void An_arp_request_for_its_address_is_answered_and_its_sender_learned()
    {
        var got = scene.Receive(StackScene.ArpRequest(StackScene.Ip));
        Assert.Equal(ReceptionKind.Consumed, got.Kind);
        var answer = Assert.Single(scene.Answers);
        Assert.True(ArpHeader.TryParse(answer.AsSpan(14), out var packet, out _));
        Assert.Equal(ArpOperation.Reply, packet.Operation);
        Assert.Equal(StackScene.Mac, packet.SenderMac);
        Assert.Equal(StackScene.NeighbourMac, MacAddress.Read(answer));
        Assert.True(scene.Stack.TryResolve(StackScene.NeighbourIp, scene, out var found));
        Assert.Equal(StackScene.NeighbourMac, found);
    }

    [Fact]
    public void An_arp_request_for_another_address_teaches_nothing()
    {
        var got = scene.Receive(StackScene.ArpRequest(StackScene.NeighbourIp));
        Assert.Equal(StackDrops.ForeignAddress, got.Reason);
        Assert.Equal(0, scene.Stack.NeighbourCount);
    }

    [Fact]
    public void An_unknown_neighbour_is_asked_for_and_known_after_its_answer()
    {
        Assert.False(scene.Stack.TryResolve(StackScene.NeighbourIp, scene, out _));
        var question = Assert.Single(scene.Answers);
        Assert.True(MacAddress.Read(question).IsBroadcast);
        Assert.True(ArpHeader.TryParse(question.AsSpan(14), out var request, out _));
        var reply = new byte[60];
        FrameBuilder.ArpReply(reply, request, StackScene.NeighbourMac);
        Assert.Equal(ReceptionKind.Consumed, scene.Receive(reply).Kind);
        Assert.True(scene.Stack.TryResolve(StackScene.NeighbourIp, scene, out var found));
        Assert.Equal(StackScene.NeighbourMac, found);
    }

    [Fact]
    public void An_echo_request_comes_back_with_its_payload_and_a_right_checksum()
    {
        var payload = Enumerable.Range(0, 700).Select(value => (byte)value).ToArray();
        Assert.Equal(ReceptionKind.Consumed, scene.Receive(StackScene.Echo(payload)).Kind);
        var answer = Assert.Single(scene.Answers);
        Assert.True(FrameParser.TryRead(answer, out var fields));
        Assert.Equal(StackScene.NeighbourIp, fields.Destination);
        var message = answer.AsSpan(fields.TransportOffset..fields.EndOffset);
        Assert.True(IcmpHeader.TryParse(message, out var header, out _));
        Assert.Equal(IcmpHeader.EchoReply(3, 4), header);
        Assert.Equal(payload, message[8..].ToArray());
    }

    [Fact]
    public void An_unbound_port_is_answered_by_unreachable_with_the_head_of_the_datagram()
    {
        var frame = StackScene.Udp(9, Payload);
        Assert.Equal(StackDrops.NoPort, scene.Receive(frame).Reason);
        var answer = Assert.Single(scene.Answers);
        Assert.True(FrameParser.TryRead(answer, out var fields));
        var message = answer.AsSpan(fields.TransportOffset..fields.EndOffset);
        Assert.True(IcmpHeader.TryParse(message, out var header, out _));
        Assert.Equal(IcmpType.DestinationUnreachable, header.Type);
        Assert.Equal((byte)IcmpUnreachableCode.Port, header.Code);
        Assert.Equal(frame.AsSpan(14, 28).ToArray(), message[8..].ToArray());
    }

    [Fact]
    public void Errors_come_in_a_burst_of_50_and_then_one_a_millisecond()
    {
        var frame = StackScene.Udp(9, Payload);
        for (var count = 0; count < 200; count++)
            scene.Receive(frame);
        Assert.Equal(AnswerLimiter.Burst, scene.Answers.Count);
        Assert.Equal(150, scene.Stack.WithheldAnswerCount);
        scene.Receive(frame, Picoseconds.PerMillisecond - 1);
        Assert.Equal(50, scene.Answers.Count);
        scene.Receive(frame, Picoseconds.PerMillisecond);
        Assert.Equal(51, scene.Answers.Count);
    }

    [Fact]
    public void No_error_answers_what_was_sent_to_all_or_by_nobody()
    {
        var toAll = StackScene.Hosts with
        {
            DestinationMac = MacAddress.Broadcast,
            Destination = Ipv4Address.Broadcast,
        };
        scene.Receive(StackScene.Udp(9, Payload, toAll));
        var fromNobody = StackScene.Hosts with { Source = Ipv4Address.Any };
        scene.Receive(StackScene.Udp(9, Payload, fromNobody));
        Assert.Equal(2, scene.Stack.Counters.DroppedFor(StackDrops.NoPort));
        Assert.Empty(scene.Answers);
    }

    [Fact]
    public void Each_reason_to_drop_a_frame_is_found()
    {
        var foreignMac = StackScene.Hosts with { DestinationMac = new(0x02_00_00_00_00_55) };
        Expect(StackDrops.ForeignStation, StackScene.Udp(7, Payload, foreignMac));
        var foreignIp = StackScene.Hosts with { Destination = new(10, 0, 0, 8) };
        Expect(StackDrops.ForeignAddress, StackScene.Udp(7, Payload, foreignIp));
        Expect(StackDrops.NoPort, StackScene.Udp(7, Payload));
        Expect(StackDrops.MalformedHeader, new byte[10]);
        Expect(StackDrops.MalformedHeader, new byte[5_000]);

        var ipv6 = StackScene.Udp(7, Payload);
        ipv6[12] = 0x86;
        ipv6[13] = 0xDD;
        Expect(StackDrops.UnknownEtherType, ipv6);

        var version = StackScene.Udp(7, Payload);
        version[14] = 0x55;
        Expect(StackDrops.MalformedHeader, version);

        var damaged = StackScene.Udp(7, Payload);
        damaged[22]++;
        Expect(StackDrops.BadChecksum, damaged);

        var fragment = StackScene.Udp(7, Payload);
        fragment[20] = 0x20;
        ChecksumOffload.FillIpv4(fragment);
        Expect(StackDrops.Fragment, fragment);

        var unknown = StackScene.Udp(7, Payload);
        unknown[23] = 132;
        ChecksumOffload.FillIpv4(unknown);
        Expect(StackDrops.UnknownProtocol, unknown);

        scene.HasRoom = false;
        Expect(StackDrops.NoRoomForAnswer, StackScene.ArpRequest(StackScene.Ip));
        Expect(StackDrops.NoRoomForAnswer, StackScene.Echo(Payload));
    }

    private void Expect(DropReason reason, byte[] frame)
    {
        var before = scene.Stack.Counters.DroppedFor(reason);
        Assert.Equal(reason, scene.Receive(frame).Reason);
        Assert.Equal(before + 1, scene.Stack.Counters.DroppedFor(reason));
        Assert.Equal(0, scene.Stack.Counters.Inside);
    }
}
