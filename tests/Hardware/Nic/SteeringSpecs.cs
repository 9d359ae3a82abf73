using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Nic.Filters;
using Disguise.Hardware.Wire;
using Order = Disguise.Hardware.Nic.PhysicalFunctionProtocol;

namespace Disguise.Hardware.Tests.Nic;

public class SteeringSpecs
{
    private const ReceiveStatus Errors =
        ReceiveStatus.NetworkError | ReceiveStatus.TransportError;

    private static readonly MacAddress Client = new(0x0200_0000_00FF);

    [Fact]
    public void A_five_tuple_filter_takes_a_flow_to_its_queue_whatever_the_address()
    {
        using var scene = new NicScene(NicModel.Ideal);
        var tenant = scene.Tenant(0).Start().Start(1);
        scene.Order(new Order.InstallReceiveFilter(
            0, 1, FilterPredicate.Everything.WithEtherType(0x0800).WithProtocol(17)
                .WithDestinationPort(53), 7));
        Assert.Equal(new Order.Installed(7), Answer(scene));

        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(3), destinationPort: 53));
        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(3), destinationPort: 54));
        scene.Run();
        Assert.NotNull(tenant.TakeReceived(1));
        Assert.Equal(1, scene.Card.Counters.DroppedFor(NicDrops.NoFilter));

        scene.Order(new Order.RemoveReceiveFilter(7));
        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(3), destinationPort: 53));
        scene.Run();
        Assert.Equal(2, scene.Card.Counters.DroppedFor(NicDrops.NoFilter));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_x520_refuses_filters_that_it_cannot_compare(bool isX520)
    {
        using var scene = new NicScene(isX520 ? NicModel.X520 : NicModel.Ideal);
        var predicate = FilterPredicate.Everything.WithDestinationPort(7);

        scene.Order(new Order.InstallReceiveFilter(0, 0, predicate, 1));
        var receive = Answer(scene);
        scene.Order(new Order.InstallTransmitFilter(
            0, FilterPredicate.Everything.WithSourcePort(7), 2));
        var transmit = Answer(scene);

        if (isX520)
        {
            Assert.Equal(new Order.Refused(1, FilterRefusal.UnsupportedPredicate), receive);
            Assert.Equal(new Order.Refused(2, FilterRefusal.UnsupportedPredicate), transmit);
            scene.Order(new Order.InstallReceiveFilter(
                0, 0, predicate.WithDestinationMac(5).OnlyDestinationMacAndVlan(), 1));
            Assert.Equal(new Order.Installed(1), Answer(scene));
        }
        else
        {
            Assert.Equal(new Order.Installed(1), receive);
            Assert.Equal(new Order.Installed(2), transmit);
        }
    }

    [Fact]
    public void Filters_for_what_is_not_there_or_is_there_already_are_refused()
    {
        using var scene = new NicScene();
        FilterRefusal? Refusal(int function, int queue, ulong mac)
        {
            scene.Order(new Order.InstallReceiveFilter(
                function, queue, FilterPredicate.Everything.WithDestinationMac(mac), 9));
            return (Answer(scene) as Order.Refused)?.Reason;
        }

        Assert.Equal(FilterRefusal.NoSuchFunction, Refusal(4, 0, 1));
        Assert.Equal(FilterRefusal.NoSuchQueue, Refusal(0, 8, 1));
        Assert.Null(Refusal(0, 0, 1));
        Assert.Equal(FilterRefusal.AlreadyThere, Refusal(0, 0, 1));
        for (var mac = 2UL; mac <= 128; mac++)
            Assert.Null(Refusal(0, 0, mac));
        Assert.Equal(FilterRefusal.TableFull, Refusal(0, 0, 129));
    }

    [Fact]
    public void A_tagged_frame_reaches_members_of_its_vlan_only()
    {
        using var scene = new NicScene();
        var member = scene.Tenant(0).Start();
        var other = scene.Tenant(1).Start();
        scene.Order(new Order.InstallReceiveFilter(
            0, Order.AnyQueue,
            FilterPredicate.Everything.WithDestinationMac(NicScene.MacOf(0).Value).WithVlan(12),
            3));
        var frame = NicScene.Udp(Client, NicScene.MacOf(0), vlan: new VlanTag(12, 5));

        scene.Arrive(frame);
        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(1), vlan: new VlanTag(12)));
        scene.Arrive(NicScene.Udp(Client, MacAddress.Broadcast, vlan: new VlanTag(12)));
        other.Transmit(NicScene.Udp(NicScene.MacOf(1), Client, vlan: new VlanTag(12)));
        member.Transmit(NicScene.Udp(NicScene.MacOf(0), Client, vlan: new VlanTag(12)));
        scene.Run();

        var back = member.Received(0);
        Assert.NotEqual(ReceiveStatus.None, back.Status & ReceiveStatus.VlanPacket);
        Assert.Equal((5 << 13) | 12, back.VlanTag);
        Assert.Equal(frame, member.TakeReceived());
        Assert.NotNull(member.TakeReceived());
        Assert.Null(other.TakeReceived());
        Assert.Single(scene.Wire);
        Assert.Equal(1, other.Statistics.Packets.DroppedFor(NicDrops.SpoofedSource));
    }

    [Theory]
    [InlineData("66.9.149.187", 2794, "161.142.100.80", 1766, 0x51ccc178u, 0x323e8fc2u)]
    [InlineData("199.92.111.2", 14230, "65.69.140.83", 4739, 0xc626b0eau, 0xd718262au)]
    [InlineData("24.19.198.95", 12898, "12.22.207.184", 38024, 0x5c2b394au, 0xd2d0a5deu)]
    public void The_hash_is_the_one_that_its_authors_print(
        string source, int sourcePort, string destination, int destinationPort,
        uint withPorts, uint addressesOnly)
    {
        var input = new byte[12];
        Ipv4Address.Parse(source).Write(input);
        Ipv4Address.Parse(destination).Write(input.AsSpan(4));
        input[8] = (byte)(sourcePort >> 8);
        input[9] = (byte)sourcePort;
        input[10] = (byte)(destinationPort >> 8);
        input[11] = (byte)destinationPort;

        Assert.Equal(withPorts, ReceiveSteering.Hash(input));
        Assert.Equal(addressesOnly, ReceiveSteering.Hash(input.AsSpan(0, 8)));
    }

    [Fact]
    public void Rss_spreads_flows_over_queues_and_keeps_each_flow_on_one()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start(0).Start(1).Start(2).Start(3);
        tenant.RegisterNow(FunctionRegisters.PacketSplitType, FunctionRegisters.RssOver(2));
        for (var round = 0; round < 2; round++)
        {
            for (ushort port = 0; port < 40; port++)
                scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0), sourcePort: port));
            scene.Run();
        }

        var seen = new Dictionary<int, int>();
        for (var queue = 0; queue < 4; queue++)
        {
            var taken = 0;
            while (tenant.Received(taken, queue) is { RssType: not 0 } back)
            {
                Assert.Equal(ReceiveSteering.TypeUdp, back.RssType);
                Assert.Equal(queue, (int)(back.RssHash & 127) % 4);
                taken++;
            }

            Assert.InRange(taken, 8, 31);
            seen[queue] = taken;
        }

        Assert.Equal(80 - tenant.Statistics.Packets.Dropped, seen.Values.Sum());
    }

    [Fact]
    public void Bad_checksums_are_delivered_with_their_error_bits()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        var badNetwork = NicScene.Udp(Client, NicScene.MacOf(0));
        badNetwork[24] ^= 1;
        var badTransport = NicScene.Udp(Client, NicScene.MacOf(0));
        badTransport[^1] ^= 1;

        scene.Arrive(badNetwork);
        scene.Arrive(badTransport);
        scene.Run();

        Assert.Equal(
            ReceiveStatus.NetworkError,
            tenant.Received(0).Status & Errors);
        Assert.Equal(
            ReceiveStatus.TransportError,
            tenant.Received(1).Status & Errors);
    }

    [Fact]
    public void Damaged_short_and_long_frames_are_dropped_at_the_port()
    {
        using var scene = new NicScene();
        scene.Tenant(0).Start();
        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0)), damaged: true);
        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0)).AsSpan(0, 59));
        scene.Arrive(new byte[1_515]);
        scene.Run();

        var counters = scene.Card.Counters;
        Assert.Equal(1, counters.DroppedFor(NetworkDrops.BadFrameCheck));
        Assert.Equal(1, counters.DroppedFor(NetworkDrops.RuntFrame));
        Assert.Equal(1, counters.DroppedFor(NetworkDrops.FrameTooLong));
        Assert.Equal(0, counters.Inside);
        Assert.Equal(0, scene.Island.Frames.Count);
    }

    [Fact]
    public void A_bus_slower_than_the_wire_fills_the_receive_buffer()
    {
        using var scene = new NicScene(options: new NicOptions { ReceiveBufferBytes = 8 << 10 });
        var tenant = scene.Tenant(0).Start();
        for (var count = 0; count < 20; count++)
            scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0), 1_024));
        scene.Run();

        var full = scene.Card.Counters.DroppedFor(NicDrops.ReceiveBufferFull);
        Assert.InRange(full, 10, 13);
        Assert.Equal(20 - full, tenant.Statistics.GoodPacketsReceived);
    }

    [Fact]
    public void A_queue_that_is_not_enabled_drops()
    {
        using var scene = new NicScene(NicModel.Ideal);
        var tenant = scene.Tenant(0).Start();
        scene.Order(new Order.InstallReceiveFilter(
            0, 3, FilterPredicate.Everything.WithDestinationPort(7), 3));
        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0)));
        scene.Run();

        Assert.Equal(1, tenant.Statistics.Packets.DroppedFor(NicDrops.QueueDisabled));
    }

    private static object Answer(NicScene scene)
    {
        scene.Run();
        return scene.Heard[^1].Message;
    }
}
