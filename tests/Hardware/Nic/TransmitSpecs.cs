using CsCheck;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Nic;

public class TransmitSpecs
{
    private static readonly MacAddress Client = new(0x0200_0000_00FF);

    [Fact]
    public void Checksums_are_filled_in_where_they_are_asked_for()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        var right = NicScene.Udp(NicScene.MacOf(0), Client, 200);
        var without = right.ToArray();
        without[24] = without[25] = without[40] = without[41] = 0xEE;

        tenant.PostTransmit(without, 0, piece => piece with
        {
            InsertNetworkChecksum = true,
            InsertTransportChecksum = true,
        });
        tenant.PostTransmit(without);
        tenant.RingTransmit();
        scene.Run();

        Assert.Equal(right, scene.Wire[0].Bytes);
        Assert.Equal(without, scene.Wire[1].Bytes);
    }

    [Fact]
    public void A_context_descriptor_says_which_checksum_and_which_tag()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        scene.Order(new PhysicalFunctionProtocol.InstallReceiveFilter(
            0, 0,
            Disguise.Hardware.Nic.Filters.FilterPredicate.Everything
                .WithDestinationMac(NicScene.MacOf(0).Value).WithVlan(30), 1));
        var bytes = new byte[16];
        new TransmitContext(1, 14, 20, new VlanTag(30, 2).ControlInformation).Write(bytes);
        tenant.PostRaw(bytes);
        var frame = NicScene.Udp(NicScene.MacOf(0), Client, 100);
        var damaged = frame.ToArray();
        damaged[40] = 0;

        tenant.PostTransmit(damaged, 0, piece => piece with
        {
            InsertTransportChecksum = true,
            ChecksContext = true,
            Context = 1,
            Command = piece.Command | TransmitCommand.InsertVlan,
        });
        tenant.RingTransmit();
        scene.Run();

        Assert.Equal(
            NicScene.Udp(NicScene.MacOf(0), Client, 100, vlan: new VlanTag(30, 2)),
            Assert.Single(scene.Wire).Bytes);
    }

    [Fact]
    public void A_context_alone_is_used_up()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        var bytes = new byte[16];
        new TransmitContext(0, 14, 20).Write(bytes);
        tenant.PostRaw(bytes);
        tenant.RingTransmit();
        scene.Run();

        Assert.Equal(1, Ring(scene).Head);
        tenant.Transmit(NicScene.Udp(NicScene.MacOf(0), Client));
        scene.Run();
        Assert.Single(scene.Wire);
    }

    [Fact]
    public void A_short_frame_is_padded_with_zeros()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        var frame = NicScene.Udp(NicScene.MacOf(0), Client)[..30];

        tenant.Transmit(frame);
        scene.Run();

        var sent = Assert.Single(scene.Wire).Bytes;
        Assert.Equal(60, sent.Length);
        Assert.Equal(frame, sent[..30]);
        Assert.All(sent[30..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_tag_in_a_frame_too_short_for_it_shows_no_byte_of_an_earlier_frame()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        for (var count = 0; count < 4; count++)
            tenant.PostTransmit(NicScene.Udp(NicScene.MacOf(0), Client, 22, fill: 0xFF));
        tenant.PostTransmit(new byte[3], 0, piece => piece with
        {
            Command = piece.Command | TransmitCommand.InsertVlan,
        });
        tenant.RingTransmit();
        scene.Run();

        Assert.Equal(4, scene.Wire.Count);
        Assert.Equal(1, tenant.Statistics.Packets.DroppedFor(NicDrops.SpoofedSource));
    }

    [Fact]
    public void An_unfinished_frame_waits_for_its_last_descriptor()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        var frame = NicScene.Udp(NicScene.MacOf(0), Client, 300);
        tenant.PostTransmit(frame.AsSpan(0, 100), 0, piece => piece with
        {
            Command = TransmitCommand.Extended,
        });
        tenant.RingTransmit();
        scene.Run();
        Assert.Empty(scene.Wire);

        tenant.PostTransmit(frame.AsSpan(100));
        tenant.RingTransmit();
        scene.Run();

        Assert.Equal(frame, Assert.Single(scene.Wire).Bytes);
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("unknown type")]
    [InlineData("segmentation")]
    public void A_descriptor_that_means_nothing_stops_the_queue(string kind)
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        var bytes = new byte[16];
        new TransmitDescriptor(
            Tenant.TransmitBuffer(0), 100,
            TransmitCommand.EndOfPacket
            | (kind == "segmentation" ? TransmitCommand.Segmentation : 0)).Write(bytes);
        if (kind == "legacy")
            bytes[11] &= 0xDF;
        if (kind == "unknown type")
            bytes[10] = 0x70;
        tenant.PostRaw(bytes);
        tenant.RingTransmit();
        scene.Run();

        Assert.False(Ring(scene).IsEnabled);
        Assert.Equal(1, tenant.Statistics.Packets.DroppedFor(NicDrops.MalformedDescriptor));
    }

    [Theory]
    [InlineData(0, "malformed-descriptor")]
    [InlineData(1_515, "frame-too-long")]
    [InlineData(1_900, "frame-too-long")]
    public void A_frame_of_impossible_length_is_dropped_and_the_next_one_goes(
        int length, string reason)
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        var frame = NicScene.Udp(NicScene.MacOf(0), Client);
        var written = new byte[length];
        frame.AsSpan(0, Math.Min(length, frame.Length)).CopyTo(written);

        tenant.PostTransmit(written);
        tenant.PostTransmit(frame);
        tenant.RingTransmit();
        scene.Run();

        Assert.Single(scene.Wire);
        Assert.True(tenant.IsTransmitted(0));
        Assert.Equal(
            [(reason, 1L)],
            tenant.Statistics.Packets.DroppedByReason().Select(
                one => (one.Reason.Name, one.Count)));
        Assert.Equal(0, scene.Island.Frames.Count);
    }

    [Fact]
    public void A_ring_that_is_not_mapped_stops_the_queue()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        tenant.RegisterNow(FunctionRegisters.Transmit(0, FunctionRegisters.QueueControl), 0);
        tenant.RegisterNow(FunctionRegisters.Transmit(0, FunctionRegisters.BaseHigh), 1);
        tenant.RegisterNow(
            FunctionRegisters.Transmit(0, FunctionRegisters.QueueControl),
            FunctionRegisters.QueueEnableBit);
        tenant.Transmit(NicScene.Udp(NicScene.MacOf(0), Client));
        scene.Run();

        Assert.False(Ring(scene).IsEnabled);
        Assert.Equal(1, tenant.Statistics.Packets.DroppedFor(NicDrops.IommuFault));
    }

    [Fact]
    public void The_head_is_written_back_where_the_driver_asks_for_it()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        var at = Tenant.TransmitRing() + 0x800;
        tenant.RegisterNow(FunctionRegisters.Transmit(0, FunctionRegisters.QueueControl), 0);
        tenant.RegisterNow(
            FunctionRegisters.Transmit(0, FunctionRegisters.HeadWriteBackLow),
            (uint)at | FunctionRegisters.HeadWriteBackBit);
        tenant.RegisterNow(
            FunctionRegisters.Transmit(0, FunctionRegisters.QueueControl),
            FunctionRegisters.QueueEnableBit);
        for (var count = 0; count < 3; count++)
            tenant.PostTransmit(NicScene.Udp(NicScene.MacOf(0), Client));
        tenant.RingTransmit();
        scene.Run();

        Assert.Equal(3, tenant.Load(at, 1)[0]);
        Assert.False(tenant.IsTransmitted(0));
    }

    [Fact]
    public void A_frame_gathered_from_any_pieces_leaves_as_one()
    {
        Gen.Select(Gen.Int[0, 1_400], Gen.Int[1, 200].Array[1, 8]).Sample((payload, cuts) =>
        {
            using var scene = new NicScene();
            var tenant = scene.Tenant(0).Start();
            var frame = NicScene.Udp(NicScene.MacOf(0), Client, payload);
            var at = 0;
            foreach (var cut in cuts)
            {
                var part = Math.Min(cut, frame.Length - at - 1);
                if (part <= 0)
                    break;
                tenant.PostTransmit(frame.AsSpan(at, part), 0, piece => piece with
                {
                    Command = TransmitCommand.Extended,
                });
                at += part;
            }

            tenant.Transmit(frame.AsSpan(at));
            scene.Run();
            Assert.Equal(frame, Assert.Single(scene.Wire).Bytes);
        }, iter: 60, threads: 1);
    }

    private static RingState Ring(NicScene scene) =>
        scene.Card.StateOf(0)!.Rings.Single(one => one.Direction == QueueDirection.Transmit);
}
