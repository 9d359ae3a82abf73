using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Randomness;
using Disguise.Actors.Tests.Islands;
using Disguise.Actors.Time;
using Disguise.Actors.Wires;

namespace Disguise.Actors.Tests.Wires;

public class WireSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_frame_arrives_with_its_bytes_at_its_time_and_leaks_nowhere(int threads)
    {
        using var emulation = new Emulation(new EmulationOptions { Threads = threads });
        var seen = new List<string>();
        var inputs = new InputPort[2];
        var roots = new IslandActorRef[2];
        for (var index = 0; index < 2; index++)
        {
            var number = index;
            var island = emulation.AddIsland($"island {index}");
            var output = emulation.AddOutput(island, 100);
            roots[index] = island.SpawnRoot(
                ActorProps.Of(() => new Scripted
                {
                    On = (me, _) =>
                    {
                        var text = Convert.ToHexString(me.Island.Frames.Read(me.Carried));
                        lock (seen)
                            seen.Add($"{number}@{me.TimePs}:{text}");
                        me.Island.Frames.Write(me.Carried)[0]++;
                        output.SendFrame(inputs[1 - number], me.TimePs + 100, me.Carried);
                    },
                }),
                "root");
        }

        for (var index = 0; index < 2; index++)
            inputs[index] = emulation.AddInput(roots[index], new Framed());
        var first = emulation.Islands[0].Frames.Take([1, 2, 3]);
        emulation.Islands[0].Schedule(5, roots[0], new Framed(), null, first);

        emulation.Run(400);

        Assert.Equal(["0@5:010203", "1@105:020203", "0@205:030203", "1@305:040203"], seen);
        Assert.Equal(1, emulation.Islands.Sum(island => island.Frames.Count));
    }

    [Fact]
    public void What_is_sent_before_the_first_run_and_between_runs_arrives()
    {
        using var emulation = new Emulation(new EmulationOptions { Threads = 2 });
        var times = new List<long>();
        var sender = emulation.AddIsland("sender");
        var output = emulation.AddOutput(sender, 10);
        var receiver = emulation.AddIsland("receiver");
        var root = receiver.SpawnRoot(
            ActorProps.Of(() => new Scripted { On = (me, _) => times.Add(me.Carried) }), "root");
        var input = emulation.AddInput(root, new Rung());

        output.SendWord(input, 10, 1);
        emulation.Run(50);
        output.SendWord(input, 60, 2);
        emulation.Run(100);

        Assert.Equal([1, 2], times);
    }

    [Fact]
    public void Two_deliveries_at_one_time_are_in_the_hash_in_their_order() =>
        Assert.NotEqual(HashOf(1, 2), HashOf(2, 1));

    [Fact]
    public void Arrivals_at_one_time_are_ordered_by_wire_and_then_as_sent()
    {
        var received = new List<long>();
        using var emulation = new Emulation(new EmulationOptions { Threads = 2, ShuffleSeed = 3 });
        var outputs = new OutputPort[3];
        for (var index = 0; index < 3; index++)
        {
            var island = emulation.AddIsland($"sender {index}");
            outputs[index] = emulation.AddOutput(island, 10);
        }

        var receiver = emulation.AddIsland("receiver");
        var root = receiver.SpawnRoot(
            ActorProps.Of(() => new Scripted { On = (me, _) => received.Add(me.Carried) }),
            "root");
        var input = emulation.AddInput(root, new Rung());
        foreach (var wire in new[] { 2, 0, 1 })
        {
            outputs[wire].SendWord(input, 10, (wire * 10) + 1);
            outputs[wire].SendWord(input, 10, (wire * 10) + 2);
        }

        emulation.Run(50);

        Assert.Equal([1, 2, 11, 12, 21, 22], received);
    }

    [Fact]
    public void A_batch_tells_its_earliest_arrival_and_what_it_promises()
    {
        using var emulation = new Emulation(new EmulationOptions());
        var inputs = new InputPort[2];
        for (var index = 0; index < 2; index++)
        {
            var island = emulation.AddIsland($"island {index}");
            emulation.AddOutput(island, index == 0 ? 100 : 30);
            var root = island.SpawnRoot(ActorProps.Of(() => new Scripted()), "root");
            inputs[index] = emulation.AddInput(root, new Rung());
            inputs[index].Place();
        }

        var outbox = new Outbox();
        Assert.Equal((Picoseconds.Never, Picoseconds.Never), (outbox.NextTimePs, outbox.PromisePs));
        outbox.AddWord(50, 1, inputs[0], 1);
        Assert.Equal((50, 150), (outbox.NextTimePs, outbox.PromisePs));
        outbox.AddWord(80, 2, inputs[1], 1);
        Assert.Equal((50, 110), (outbox.NextTimePs, outbox.PromisePs));

        outbox.Shuffle(new DeterministicRandom(1));
        outbox.Deliver();
        Assert.Equal(0, outbox.Count);
        Assert.Equal(Picoseconds.Never, outbox.PromisePs);
        Assert.Equal(50, emulation.Islands[0].NextTimePs);
        Assert.Equal(80, emulation.Islands[1].NextTimePs);
    }

    private static string HashOf(params long[] words)
    {
        using var lab = new Lab();
        var root = lab.Root(() => new Scripted());
        foreach (var word in words)
            lab.Island.Schedule(5, root, new Rung(), null, word);
        lab.RunUntil(10);
        lab.Emulation.FinishHash();
        return lab.Emulation.Hash.Text;
    }
}
