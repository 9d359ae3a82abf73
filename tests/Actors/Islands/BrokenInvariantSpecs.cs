using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Wires;

namespace Disguise.Actors.Tests.Islands;

public class BrokenInvariantSpecs
{
    [Fact]
    public void A_bug_in_a_handler_ends_the_run_with_one_exception()
    {
        var failure = Broken((_, _) => throw new FormatException("a bug"));

        Assert.Contains("a bug", failure.Message);
        Assert.Contains("/islands/root", failure.Message);
        Assert.IsType<FormatException>(failure.InnerException?.InnerException);
    }

    [Fact]
    public void An_unknown_message_ends_the_run() =>
        Assert.Contains("does not know Said", Broken((me, message) => me.Refuse(message)).Message);

    [Fact]
    public void A_message_that_is_neither_crossing_nor_listed_ends_the_run() =>
        Assert.Contains(
            "String is neither a crossing nor an internal message",
            Broken((me, _) => me.Say(me.Me, "text", me.TimePs)).Message);

    [Fact]
    public void A_bug_where_an_actor_stops_ends_the_run_though_Akka_drops_it()
    {
        using var lab = new Lab();
        var root = lab.Root(() => new Scripted
        {
            On = (me, _) => me.Surroundings.Stop(me.Me),
            Stops = _ => throw new FormatException("a bug at the stop"),
        });
        lab.Island.Schedule(1, root, new Said("stop"), null);

        Assert.Contains(
            "a bug at the stop",
            Assert.Throws<BrokenInvariantException>(() => lab.RunUntil(10)).Message);
    }

    [Fact]
    public void An_event_in_the_past_ends_the_run() =>
        Assert.Contains("island at 5 ps", Broken((me, _) => me.Say(me.Me, new Rung(), 4)).Message);

    [Fact]
    public void A_failure_on_one_thread_ends_the_run_of_all_and_stays()
    {
        using var emulation = new Emulation(new EmulationOptions { Threads = 2 });
        var roots = new IslandActorRef[4];
        for (var index = 0; index < roots.Length; index++)
        {
            var isBroken = index == 2;
            var island = emulation.AddIsland($"island {index}");
            emulation.AddOutput(island, 10);
            roots[index] = island.SpawnRoot(
                ActorProps.Of(() => new Scripted
                {
                    On = (me, message) =>
                    {
                        if (isBroken && me.TimePs > 1_000)
                            throw new FormatException("a bug");
                        me.Say(me.Me, message, me.TimePs + 7);
                    },
                }),
                "root");
            island.Schedule(1, roots[index], new Rung(), null);
        }

        var first = Assert.Throws<BrokenInvariantException>(() => emulation.Run(1_000_000));
        var second = Assert.Throws<BrokenInvariantException>(() => emulation.Run(2_000_000));

        Assert.Contains("a bug", first.Message);
        Assert.Equal(first.Message, second.Message);
    }

    [Fact]
    public void A_frame_within_the_lookahead_of_its_wire_ends_the_run()
    {
        using var lab = new Lab();
        var output = lab.Emulation.AddOutput(lab.Island, 100);
        var inputs = new InputPort[1];
        var root = lab.Root(() => new Scripted
        {
            On = (me, _) => output.SendWord(inputs[0], me.TimePs + 99, 1),
        });
        inputs[0] = lab.Emulation.AddInput(root, new Rung());
        lab.Island.Schedule(1, root, new Said("go"), null);

        Assert.Contains(
            "within the lookahead of 100 ps",
            Assert.Throws<BrokenInvariantException>(() => lab.RunUntil(10)).Message);
    }

    private static BrokenInvariantException Broken(Action<Scripted, object> on)
    {
        using var lab = new Lab();
        var root = lab.Root(() => new Scripted { On = on });
        lab.Island.Schedule(5, root, new Said("go"), null);
        return Assert.Throws<BrokenInvariantException>(() => lab.RunUntil(10));
    }
}
