using CsCheck;
using Disguise.Actors.Time;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Nic;

public class RateSpecs
{
    private static readonly MacAddress Client = new(0x0200_0000_00FF);

    [Theory]
    [InlineData(10_000_000L)]
    [InlineData(333_333_333L)]
    [InlineData(1_000_000_000L)]
    [InlineData(9_999_999_999L)]
    public void A_paced_queue_starts_every_frame_at_its_exact_time(long bitsPerSecond)
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        scene.Order(new PhysicalFunctionProtocol.SetRate(
            0, 0, QueueDirection.Transmit, bitsPerSecond));
        var lengths = new List<int>();
        for (var round = 0; round < 10; round++)
        {
            for (var count = 0; count < 20; count++)
            {
                var frame = NicScene.Udp(NicScene.MacOf(0), Client, 400 + (count * 13));
                tenant.PostTransmit(frame);
                lengths.Add(frame.Length);
            }

            tenant.RingTransmit();
            scene.Run(Picoseconds.PerMicrosecond);
            while (scene.Wire.Count < lengths.Count)
                scene.Run(Picoseconds.PerMillisecond);
        }

        // What the fetch, DMA and pipeline of a frame add after its start:
        long AfterStart(int index) =>
            (lengths[index] * NicScene.DmaBytePs) + NicScene.TransmitPipelinePs;
        for (var round = 0; round < 10; round++)
        {
            var first = round * 20;
            var bits = 0L;
            for (var index = first; index < first + 20; index++)
            {
                var expected = scene.Wire[first].TimePs - AfterStart(first)
                    + (long)((UInt128)(ulong)bits * Picoseconds.PerSecond / (ulong)bitsPerSecond);
                Assert.Equal(expected, scene.Wire[index].TimePs - AfterStart(index));
                bits += EthernetLimits.OnWireBytes(lengths[index]) * 8;
            }
        }
    }

    [Fact]
    public void A_rate_taken_off_lets_frames_leave_at_line_rate_again()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        scene.Order(new PhysicalFunctionProtocol.SetRate(
            0, 0, QueueDirection.Transmit, 10_000_000));
        scene.Order(new PhysicalFunctionProtocol.SetRate(0, 0, QueueDirection.Transmit, 0));
        for (var count = 0; count < 5; count++)
            tenant.PostTransmit(NicScene.Udp(NicScene.MacOf(0), Client, 1_024));
        tenant.RingTransmit();
        scene.Run();

        Assert.Equal(5, scene.Wire.Count);
    }

    [Fact]
    public void One_queues_pace_does_not_slow_another()
    {
        using var scene = new NicScene();
        var slow = scene.Tenant(0).Start();
        var fast = scene.Tenant(1).Start();
        scene.Order(new PhysicalFunctionProtocol.SetRate(
            0, 0, QueueDirection.Transmit, 10_000_000));
        for (var count = 0; count < 10; count++)
        {
            slow.PostTransmit(NicScene.Udp(NicScene.MacOf(0), Client, 1_024));
            fast.PostTransmit(NicScene.Udp(NicScene.MacOf(1), Client, 1_024));
        }

        slow.RingTransmit();
        fast.RingTransmit();
        scene.Run();

        Assert.Equal(10, fast.Statistics.GoodPacketsTransmitted);
        Assert.Equal(1, slow.Statistics.GoodPacketsTransmitted);
    }

    [Fact]
    public void A_receive_queue_above_its_rate_drops_what_exceeds_burst_and_rate()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        scene.Order(new PhysicalFunctionProtocol.SetRate(
            0, 0, QueueDirection.Receive, 100_000_000));
        var frame = NicScene.Udp(Client, NicScene.MacOf(0), 1_024);
        for (var count = 0; count < 1_000; count++)
        {
            scene.Arrive(frame);
            scene.Run(872_000);
            while (tenant.TakeReceived() is not null)
            {
            }
        }

        scene.Run();
        // 872 us at 100 Mb/s and a burst of 64 KiB, in frames of 1,090 bytes with framing.
        var allowed = ((872e-6 * 100e6 / 8) + 65_536) / 1_090;
        Assert.InRange(tenant.Statistics.GoodPacketsReceived, allowed - 2, allowed + 2);
        Assert.Equal(
            1_000 - tenant.Statistics.GoodPacketsReceived,
            tenant.Statistics.Packets.DroppedFor(NicDrops.ReceiveRate));
    }

    [Fact]
    public void Functions_that_share_a_full_buffer_take_turns()
    {
        using var scene = new NicScene(
            functions: 8, options: new NicOptions { TransmitBufferBytes = 8 << 10 });
        var tenants = Enumerable.Range(0, 8).Select(f => scene.Tenant(f).Start()).ToArray();
        foreach (var tenant in tenants)
        {
            for (var count = 0; count < 30; count++)
                tenant.PostTransmit(NicScene.Udp(NicScene.MacOf(tenant.Function), Client, 1_024));
            tenant.RingTransmit();
        }

        scene.Run(104 * 872_000);

        var counts = tenants.Select(one => one.Statistics.GoodPacketsTransmitted).ToArray();
        Assert.InRange(counts.Max() - counts.Min(), 0, 2);
        Assert.InRange(scene.Wire.Count, 100, 105);
        scene.Run(Picoseconds.PerMillisecond);
        Assert.Equal(240, scene.Wire.Count);
        var gaps = scene.Wire.Zip(scene.Wire.Skip(1), (a, b) => b.TimePs - a.TimePs);
        Assert.All(gaps, gap => Assert.Equal(872_000, gap));
        Assert.Equal(0, scene.Island.Frames.Count);
    }
}
