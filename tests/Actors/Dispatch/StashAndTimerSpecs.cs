using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Tests.Islands;

namespace Disguise.Actors.Tests.Dispatch;

public class StashAndTimerSpecs
{
    public static TheoryData<bool> Ways => [true, false];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Stashed_messages_come_back_in_order_and_before_later_ones(bool direct)
    {
        using var lab = new Lab(direct);
        var isOpen = false;
        var root = lab.Root(() => new Scripted
        {
            On = (me, message) =>
            {
                var text = ((Said)message).Text;
                if (text == "open")
                {
                    isOpen = true;
                    me.Stash.UnstashAll();
                    me.Me.Tell(new Said("last"), me.Me);
                }
                else if (isOpen)
                {
                    lab.Note($"{text}@{me.TimePs}");
                }
                else
                {
                    me.Stash.Stash();
                }
            },
        });
        foreach (var (text, index) in new[] { "a", "b", "c", "open", "d" }.Select((t, i) => (t, i)))
            lab.Island.Schedule(10 + index, root, new Said(text), null);

        Assert.Equal("a@13 b@13 c@13 last@13 d@14", lab.RunUntil(100));
        Assert.Equal(3, lab.Island.Deliveries.Redelivered);
        Assert.Equal(9, lab.Island.Deliveries.Total);
        Assert.Equal(6, lab.Island.Deliveries.AllCrossings);
    }

    [Fact]
    public void A_message_whose_meaning_is_in_its_word_cannot_be_stashed()
    {
        using var lab = new Lab();
        var root = lab.Root(() => new Scripted
        {
            On = (me, _) =>
            {
                me.Stash.Stash();
                me.Stash.UnstashAll();
            },
        });
        lab.Island.Schedule(1, root, new Rung(), null, 7);

        var failure = Assert.Throws<BrokenInvariantException>(() => lab.RunUntil(10));
        Assert.Contains("Rung carries a word and cannot be stashed", failure.Message);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_timer_rings_once_at_its_virtual_time(bool direct)
    {
        using var lab = new Lab(direct);
        lab.Root(() => Timed(lab, me =>
            me.Timers.StartSingleTimer("t", new Thought("ring"), TimeSpan.FromMicroseconds(3))));

        Assert.Equal("ring@3000000", lab.RunUntil(100_000_000));
        Assert.Equal([("TimerMsg", 1L)], lab.Island.Deliveries.Internals);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_timer_started_anew_rings_at_its_new_time_only(bool direct)
    {
        using var lab = new Lab(direct);
        var root = lab.Root(() => Timed(lab, me =>
            me.Timers.StartSingleTimer("t", new Thought("old"), TimeSpan.FromMicroseconds(3))));
        lab.Island.Schedule(1_000_000, root, new Said("again"), null);

        Assert.Equal("new@6000000", lab.RunUntil(100_000_000));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_timer_of_a_stopped_actor_rings_nowhere(bool direct)
    {
        using var lab = new Lab(direct);
        var root = lab.Root(() => Timed(lab, me =>
            me.Timers.StartSingleTimer("t", new Thought("ring"), TimeSpan.FromMicroseconds(3))));
        lab.Island.Schedule(1_000_000, root, new Said("stop"), null);

        Assert.Equal("", lab.RunUntil(100_000_000));
        Assert.Equal(
            1, lab.Island.Deliveries.Undelivered(UndeliveredReason.ReceiverStopped));
    }

    [Fact]
    public void A_periodic_timer_is_refused_and_ends_the_run()
    {
        using var lab = new Lab();

        var failure = Assert.Throws<BrokenInvariantException>(
            () => lab.Root(() => Timed(lab, me => me.Timers.StartPeriodicTimer(
                "t", new Thought("tick"), TimeSpan.FromMicroseconds(3)))));
        Assert.Contains("periodic timers are not in virtual time", failure.ToString());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Messages_parked_during_a_restart_keep_their_order_and_words(bool direct)
    {
        using var lab = new Lab(direct);
        var incarnation = 0;
        var worker = new IslandActorRef[1];
        lab.Root(() => new Scripted
        {
            Supervision = ComponentSupervision.Each(Directive.Restart),
            Starts = root => worker[0] = root.Make("worker", () =>
            {
                var mine = ++incarnation;
                return new Scripted
                {
                    // A replacement waits for its predecessor's child to stop.
                    Starts = me => me.Make($"child {mine}", () => new Scripted()),
                    On = (me, message) =>
                    {
                        if (message is not Rung)
                        {
                            lab.Note($"{mine}:{((Said)message).Text}");
                            return;
                        }

                        if (me.Carried == 0)
                        {
                            me.Me.Tell(new Said("told"), me.Me);
                            throw new ComponentFailureException("crash");
                        }

                        lab.Note($"{mine}:{me.Carried}");
                    },
                };
            }),
        });
        foreach (var word in new[] { 1L, 0, 2, 0, 3, 4 })
            lab.Island.Schedule(5, worker[0], new Rung(), null, word);

        Assert.Equal("1:1 2:told 2:2 3:told 3:3 3:4", lab.RunUntil(10));
    }

    private static Scripted Timed(Lab lab, Action<Scripted> starts) => new()
    {
        Starts = starts,
        On = (me, message) =>
        {
            switch (message)
            {
                case Thought thought:
                    lab.Note($"{thought.Text}@{me.TimePs}");
                    break;
                case Said { Text: "again" }:
                    me.Timers.StartSingleTimer(
                        "t", new Thought("new"), TimeSpan.FromMicroseconds(5));
                    break;
                default:
                    me.Surroundings.Stop(me.Me);
                    break;
            }
        },
    };
}
