using Disguise.Actors.Time;
using Disguise.Hardware.Network;

namespace Disguise.Hardware.Tests.Network;

public sealed class SwitchSpecs
{
    private const ulong First = 0x0200_0000_0001;
    private const ulong Second = 0x0200_0000_0002;

    [Fact]
    public void An_unknown_destination_is_flooded_and_a_learned_one_is_not()
    {
        using var scene = new NetworkScene(4, new LinkOptions());
        scene.SendAt(0, 0, Frames.To(Second, First, 60));
        scene.SendAt(10_000_000, 1, Frames.To(First, Second, 60));
        scene.SendAt(20_000_000, 0, Frames.To(Second, First, 60));

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Single(scene.Stations[0].Arrived);
        Assert.Equal(2, scene.Stations[1].Arrived.Count);
        Assert.Single(scene.Stations[2].Arrived);
        Assert.Single(scene.Stations[3].Arrived);
        Assert.Equal(2, scene.Middle.Counters.Replicated);
        Assert.Equal(0, scene.Middle.Counters.Inside);
    }

    [Fact]
    public void A_broadcast_goes_everywhere_but_back()
    {
        using var scene = new NetworkScene(5, new LinkOptions());
        scene.SendAt(0, 2, Frames.To(0xFFFF_FFFF_FFFF, First, 60));

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal([1, 1, 0, 1, 1], scene.Stations.ConvertAll(station => station.Arrived.Count));
    }

    [Fact]
    public void A_destination_behind_the_port_of_arrival_is_dropped()
    {
        using var scene = new NetworkScene(2, new LinkOptions());
        scene.Middle.Table.Set(new(Second), 0);
        scene.SendAt(0, 0, Frames.To(Second, First, 60));

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal(1, scene.Middle.Counters.DroppedFor(NetworkDrops.SamePort));
    }

    [Fact]
    public void A_switch_with_one_port_has_nowhere_to_flood()
    {
        using var scene = new NetworkScene(1, new LinkOptions());
        scene.SendAt(0, 0, Frames.To(Second, First, 60));

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal(1, scene.Middle.Counters.DroppedFor(NetworkDrops.NoPort));
    }

    [Fact]
    public void Every_frame_is_released_however_it_ends()
    {
        var options = new LinkOptions
        {
            Loss = Share.Of(0.1m),
            Corruption = Share.Of(0.1m),
            Reordering = Share.Of(0.1m),
            QueueBytes = 20_000,
        };
        using var scene = new NetworkScene(4, options, seed: 7);
        for (var number = 0; number < 2_000; number++)
        {
            var to = number % 3 == 0 ? 0xFFFF_FFFF_FFFF : Second + (ulong)(number % 7);
            scene.SendAt(number * 50_000L, number % 4, Frames.To(to, First, 60 + (number % 900)));
        }

        scene.Run(Picoseconds.PerSecond);

        foreach (var island in scene.Emulation.Islands)
            Assert.Equal(0, island.Frames.Count);
        foreach (var link in scene.Up.Concat(scene.Down))
            Assert.Equal(0, link.Counters.Inside);
        Assert.Equal(0, scene.Middle.Counters.Inside);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_hash_does_not_depend_on_threads(int threads)
    {
        Assert.Equal(HashOf(1), HashOf(threads));
    }

    [Fact]
    public void A_full_forwarding_table_learns_nothing_more_and_floods()
    {
        var table = new ForwardingTable(limit: 2);
        table.Learn(1, 1);
        table.Learn(2, 2);
        table.Learn(3, 3);

        Assert.Equal(-1, table.Find(3));
        Assert.Equal(1, table.NotLearnedCount);
        Assert.Equal(2, table.Find(2));
    }

    private static string HashOf(int threads)
    {
        var options = new LinkOptions { Loss = Share.Of(0.05m) };
        using var scene = new NetworkScene(6, options, threads: threads, seed: 11);
        for (var number = 0; number < 500; number++)
        {
            var to = 0x0200_0000_0000 + (ulong)(number % 6);
            var from = 0x0200_0000_0000 + (ulong)(number % 5);
            scene.SendAt(number * 300_000L, number % 5, Frames.To(to, from, 60 + number));
        }

        return scene.Run(Picoseconds.PerMillisecond).Emulation.Hash.Text;
    }
}
