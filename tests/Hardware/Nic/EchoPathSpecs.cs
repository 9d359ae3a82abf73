using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Nic;

public class EchoPathSpecs
{
    private static readonly MacAddress Client = new(0x0200_0000_00FF);

    [Fact]
    public void A_frame_from_the_wire_is_in_the_tenants_buffer_when_its_descriptor_is_done()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(2).Start();
        var frame = NicScene.Udp(Client, NicScene.MacOf(2), 1_024);
        var startPs = scene.NowPs;

        scene.Arrive(frame);
        var expectedPs = NicScene.ReceivePipelinePs + (frame.Length * NicScene.DmaBytePs)
            + NicScene.PostedWritePs;
        scene.Run(expectedPs - 1);
        Assert.Equal(ReceiveStatus.None, tenant.Received(0).Status);
        scene.Run(1);

        Assert.Equal(
            new ReceiveWriteBack(
                ReceiveStatus.DescriptorDone | ReceiveStatus.EndOfPacket
                | ReceiveStatus.NetworkChecksum | ReceiveStatus.TransportChecksum
                | ReceiveStatus.UdpChecksum,
                (ushort)frame.Length, 0, PacketType.Ipv4 | PacketType.Udp),
            tenant.Received(0));
        Assert.Equal(frame, tenant.TakeReceived());
        Assert.Equal(startPs + expectedPs, scene.NowPs);
        Assert.Equal(0, scene.Island.Frames.Count);
        Assert.Equal(1, tenant.Statistics.GoodPacketsReceived);
    }

    [Fact]
    public void A_posted_frame_leaves_when_fetch_dma_and_pipeline_have_passed()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        var frame = NicScene.Udp(NicScene.MacOf(0), Client, 1_024);
        var startPs = scene.NowPs;

        tenant.Transmit(frame);
        scene.Run();

        var (timePs, bytes) = Assert.Single(scene.Wire);
        Assert.Equal(frame, bytes);
        Assert.Equal(
            startPs + NicScene.ReadPs + (frame.Length * NicScene.DmaBytePs)
            + NicScene.TransmitPipelinePs,
            timePs);
        Assert.True(tenant.IsTransmitted(0));
        Assert.Equal(0, scene.Island.Frames.Count);
    }

    [Fact]
    public void Frames_between_two_functions_stay_in_the_machine()
    {
        using var scene = new NicScene();
        var sender = scene.Tenant(0).Start();
        var receiver = scene.Tenant(1).Start();
        var frame = NicScene.Udp(NicScene.MacOf(0), NicScene.MacOf(1));

        sender.Transmit(frame);
        scene.Run();

        Assert.Equal(frame, receiver.TakeReceived());
        Assert.Empty(scene.Wire);
        Assert.Equal(0, scene.Island.Frames.Count);
    }

    [Fact]
    public void A_broadcast_reaches_every_receiver_but_its_sender_and_the_wire()
    {
        using var scene = new NicScene(functions: 4);
        var tenants = Enumerable.Range(0, 3).Select(f => scene.Tenant(f).Start()).ToArray();
        var frame = NicScene.Udp(NicScene.MacOf(0), MacAddress.Broadcast);

        tenants[0].Transmit(frame);
        scene.Run();

        Assert.Null(tenants[0].TakeReceived());
        Assert.Equal(frame, tenants[1].TakeReceived());
        Assert.Equal(frame, tenants[2].TakeReceived());
        Assert.Equal(frame, Assert.Single(scene.Wire).Bytes);
        Assert.Equal(0, scene.Island.Frames.Count);
        Assert.Equal(0, scene.Card.Counters.Inside);
    }

    [Fact]
    public void A_long_run_of_frames_goes_round_both_rings_in_order()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        for (var round = 0; round < 40; round++)
        {
            for (byte count = 0; count < 7; count++)
            {
                scene.Arrive(NicScene.Udp(
                    Client, NicScene.MacOf(0), 200 + count, fill: (byte)((round * 7) + count)),
                    afterPs: count * 10_000);
            }

            scene.Run();
            for (byte count = 0; count < 7; count++)
            {
                var frame = tenant.TakeReceived();
                Assert.Equal((byte)((round * 7) + count), frame![^1]);
                Client.Write(frame);
                NicScene.MacOf(0).Write(frame.AsSpan(6));
                tenant.PostTransmit(frame);
            }

            tenant.RingTransmit();
        }

        scene.Run();
        Assert.Equal(280, scene.Wire.Count);
        Assert.Equal(
            Enumerable.Range(0, 280).Select(index => (byte)index),
            scene.Wire.Select(sent => sent.Bytes[^1]));
        Assert.Equal(0, scene.Island.Frames.Count);
    }

    [Fact]
    public void Queued_frames_leave_at_line_rate()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        for (var count = 0; count < 20; count++)
            tenant.PostTransmit(NicScene.Udp(NicScene.MacOf(0), Client, 1_024));
        tenant.RingTransmit();
        scene.Run();

        Assert.Equal(20, scene.Wire.Count);
        var gaps = scene.Wire.Zip(scene.Wire.Skip(1), (a, b) => b.TimePs - a.TimePs);
        Assert.All(gaps, gap => Assert.Equal(872_000, gap));
    }
}
