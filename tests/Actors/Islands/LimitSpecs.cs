using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Tests.Islands;

public class LimitSpecs
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Messages_without_delay_and_without_end_end_the_run(bool direct)
    {
        using var lab = new Lab(direct, new IslandOptions { InstantLimit = 1_000 });
        var root = lab.Root(() => new Scripted
        {
            On = (me, message) => me.Me.Tell(message, me.Me),
        });
        lab.Island.Schedule(5, root, new Said("again"), null);

        AssertBroken(lab, "island lab: no progress at 5 ps");
    }

    [Fact]
    public void Events_at_one_time_without_end_end_the_run()
    {
        using var lab = new Lab(options: new IslandOptions { InstantLimit = 1_000 });
        var root = lab.Root(() => new Scripted
        {
            On = (me, message) => me.Say(me.Me, message, me.TimePs),
        });
        lab.Island.Schedule(5, root, new Said("again"), null);

        AssertBroken(lab, "island lab: no progress at 5 ps");
    }

    [Fact]
    public void A_thousand_events_at_each_of_many_times_are_within_the_limit()
    {
        using var lab = new Lab(options: new IslandOptions { InstantLimit = 1_000 });
        var root = lab.Root(() => new Scripted());
        for (var timePs = 1; timePs < 5; timePs++)
        {
            for (var index = 0; index < 1_000; index++)
                lab.Island.Schedule(timePs, root, new Rung(), null);
        }

        lab.RunUntil(10);
        Assert.Equal(4_000, lab.Island.Deliveries.Total);
    }

    [Fact]
    public void More_pending_events_than_the_limit_end_the_run()
    {
        using var lab = new Lab(options: new IslandOptions { PendingEventLimit = 100 });
        var root = lab.Root(() => new Scripted
        {
            On = (me, message) =>
            {
                me.Say(me.Me, message, me.TimePs + 1);
                me.Say(me.Me, message, me.TimePs + 1);
            },
        });
        lab.Island.Schedule(1, root, new Said("two"), null);

        AssertBroken(lab, "more than 100 events are pending");
    }

    [Fact]
    public void More_frames_than_the_limit_end_the_run()
    {
        using var lab = new Lab(options: new IslandOptions { FrameLimit = 10 });
        var root = lab.Root(() => new Scripted
        {
            On = (me, message) =>
            {
                me.Island.Frames.Take(64);
                me.Say(me.Me, message, me.TimePs + 1);
            },
        });
        lab.Island.Schedule(1, root, new Said("take"), null);

        AssertBroken(lab, "more than 10 frames in one island");
    }

    [Fact]
    public void A_full_mailbox_ends_the_run()
    {
        using var lab = new Lab();
        var other = new IslandActorRef[1];
        var root = lab.Root(() => new Scripted
        {
            Starts = me => other[0] = me.Make("other", () => new Scripted()),
            On = (me, message) =>
            {
                for (var index = 0; index <= IslandMessageQueue.Limit; index++)
                    other[0].Tell(message, me.Me);
            },
        });
        lab.Island.Schedule(1, root, new Said("flood"), null);

        AssertBroken(lab, $"other holds {IslandMessageQueue.Limit} messages");
    }

    private static void AssertBroken(Lab lab, string expected) => Assert.Contains(
        expected, Assert.Throws<BrokenInvariantException>(() => lab.RunUntil(100)).Message);
}
