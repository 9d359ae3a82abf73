using Disguise.Actors.Time;
using Disguise.Hardware.Network;

namespace Disguise.Hardware.Tests.Network;

public sealed class LinkSpecs
{
    private static readonly LinkOptions TenGigabit = new();

    [Fact]
    public void A_kilobyte_of_payload_takes_872_ns_of_a_ten_gigabit_link()
    {
        // 1,024 + 42 headers + 4 check + 8 preamble + 12 gap = 1,090 B (papers: 1.147 M/s).
        Assert.Equal(872_000, TenGigabit.TimeOccupiedPs(1_066));
        Assert.Equal(872_000 - 9_600, TenGigabit.TimeToLastBitPs(1_066));
    }

    [Fact]
    public void A_frame_arrives_after_serialisation_and_propagation()
    {
        using var scene = new NetworkScene(2, TenGigabit, switchLatencyPs: 500_000);
        scene.Middle.Table.Set(new(0x0200_0000_0002), 1);
        scene.SendAt(1_000, 0, Frames.To(0x0200_0000_0002, 0x0200_0000_0001, 64));

        scene.Run(Picoseconds.PerMillisecond);

        var hopPs = TenGigabit.TimeToLastBitPs(64) + TenGigabit.LatencyPs;
        var arrived = Assert.Single(scene.Stations[1].Arrived);
        Assert.Equal(1_000 + (2 * hopPs) + 500_000, arrived.TimePs);
        Assert.False(arrived.IsBad);
    }

    [Fact]
    public void Frames_follow_each_other_with_a_gap()
    {
        using var scene = new NetworkScene(2, TenGigabit);
        scene.Middle.Table.Set(new(0x0200_0000_0002), 1);
        for (var number = 0; number < 5; number++)
            scene.SendAt(0, 0, Frames.To(0x0200_0000_0002, 0x0200_0000_0001, 1_000));

        scene.Run(Picoseconds.PerMillisecond);

        var times = scene.Stations[1].Arrived.ConvertAll(arrived => arrived.TimePs);
        Assert.Equal(5, times.Count);
        for (var number = 1; number < 5; number++)
            Assert.Equal(TenGigabit.TimeOccupiedPs(1_000), times[number] - times[number - 1]);
    }

    [Fact]
    public void A_full_queue_drops_and_says_so()
    {
        var options = new LinkOptions { QueueBytes = 3_000 };
        using var scene = new NetworkScene(2, options);
        scene.Middle.Table.Set(new(0x0200_0000_0002), 1);
        for (var number = 0; number < 10; number++)
            scene.SendAt(0, 0, Frames.To(0x0200_0000_0002, 0x0200_0000_0001, 1_000));

        scene.Run(Picoseconds.PerMillisecond);

        var dropped = scene.Up[0].Counters.DroppedFor(NetworkDrops.LinkQueueFull);
        Assert.Equal(10 - dropped, scene.Stations[1].Arrived.Count);
        Assert.Equal(7, dropped);
        Assert.Equal(0, scene.Up[0].Counters.Inside);
    }

    [Fact]
    public void A_link_that_is_down_drops_what_it_is_given_and_comes_back()
    {
        using var scene = new NetworkScene(2, TenGigabit);
        scene.Middle.Table.Set(new(0x0200_0000_0002), 1);
        scene.SetDown(0, 10_000, 20_000_000);
        var frame = Frames.To(0x0200_0000_0002, 0x0200_0000_0001, 100);
        scene.SendAt(9_000, 0, frame);
        scene.SendAt(19_999_999, 0, frame);
        scene.SendAt(20_000_000, 0, frame);

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal(2, scene.Stations[1].Arrived.Count);
        Assert.Equal(1, scene.Up[0].Counters.DroppedFor(NetworkDrops.LinkDown));
    }

    [Fact]
    public void Loss_takes_its_share_and_is_counted()
    {
        var options = new LinkOptions { Loss = Share.Of(0.1m), QueueBytes = 1 << 30 };
        using var scene = new NetworkScene(2, options);
        scene.Middle.Table.Set(new(0x0200_0000_0002), 1);
        for (var number = 0; number < 10_000; number++)
            scene.SendAt(number, 0, Frames.To(0x0200_0000_0002, 0x0200_0000_0001, 60));

        scene.Run(Picoseconds.PerSecond);

        var lost = scene.Up[0].Counters.DroppedFor(NetworkDrops.LinkLoss);
        Assert.InRange(lost, 850, 1_150);
        Assert.Equal(
            10_000 - lost - scene.Down[1].Counters.DroppedFor(NetworkDrops.LinkLoss),
            scene.Stations[1].Arrived.Count);
    }

    [Fact]
    public void A_damaged_frame_is_found_by_the_next_receiver()
    {
        var options = new LinkOptions { Corruption = Share.Of(1) };
        using var scene = new NetworkScene(2, options);
        scene.Middle.Table.Set(new(0x0200_0000_0002), 1);
        scene.SendAt(0, 0, Frames.To(0x0200_0000_0002, 0x0200_0000_0001, 100));

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Empty(scene.Stations[1].Arrived);
        Assert.Equal(1, scene.Middle.Counters.DroppedFor(NetworkDrops.BadFrameCheck));
    }

    [Fact]
    public void A_reordered_frame_arrives_behind_a_later_one()
    {
        var options = new LinkOptions { Reordering = Share.Of(0.5m) };
        using var scene = new NetworkScene(2, options, seed: 3);
        scene.Middle.Table.Set(new(0x0200_0000_0002), 1);
        for (byte number = 0; number < 50; number++)
        {
            var frame = Frames.To(0x0200_0000_0002, 0x0200_0000_0001, 100);
            frame[^1] = number;
            scene.SendAt(number * 1_000_000, 0, frame);
        }

        scene.Run(Picoseconds.PerSecond);

        var order = scene.Stations[1].Arrived.ConvertAll(arrived => arrived.Frame[^1]);
        Assert.Equal(50, order.Count);
        Assert.NotEqual(order.Order().ToList(), order);
    }
}
