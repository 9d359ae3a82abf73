using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Tests.Islands;

namespace Disguise.Actors.Tests.Dispatch;

public class IslandDispatcherSpecs
{
    [Fact]
    public void Dispatch_and_system_dispatch_throw_on_a_foreign_thread()
    {
        using var lab = new Lab();
        var cell = (ActorCell)lab.Listeners("a")[0].Cell;
        var dispatcher = lab.Island.Dispatcher;

        var ofMessage = OnAnotherThread(() => dispatcher.Dispatch(
            cell, new Envelope(new Said("hello"), ActorRefs.NoSender)));
        var ofSystemMessage = OnAnotherThread(
            () => dispatcher.SystemDispatch(cell, new Terminate()));

        Assert.IsType<InvalidOperationException>(ofMessage);
        Assert.IsType<InvalidOperationException>(ofSystemMessage);
        Assert.Contains("a thread that does not run it", ofMessage.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_foreign_thread_whose_exception_Akka_drops_ends_the_run_all_the_same(bool tells)
    {
        using var lab = new Lab();
        var listener = lab.Listeners("a")[0];
        lab.Island.Schedule(1, listener, new Said("hello"), null);
        var thread = new Thread(() => Record.Exception(() =>
        {
            if (tells)
                listener.Tell(new Said("hello"), ActorRefs.NoSender);
            else
                listener.Stop();
        }));
        thread.Start();
        thread.Join();

        var failure = Assert.Throws<BrokenInvariantException>(() => lab.RunUntil(10));
        Assert.Contains("a thread that does not run it", failure.Message);
    }

    [Fact]
    public void An_event_scheduled_from_a_foreign_thread_throws()
    {
        using var lab = new Lab();
        var listener = lab.Listeners("a")[0];

        Assert.IsType<InvalidOperationException>(OnAnotherThread(
            () => lab.Island.Schedule(1, listener, new Said("hello"), null)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Messages_told_in_one_instant_run_by_creation_ordinal(bool direct)
    {
        using var lab = new Lab(direct);
        var listeners = lab.Listeners("a", "b", "c");
        var teller = lab.Island.SpawnRoot(
            ActorProps.Of(() => new Scripted
            {
                On = (me, _) =>
                {
                    foreach (var index in new[] { 2, 0, 1 })
                    {
                        listeners[index].Tell(new Said("1"), me.Me);
                        listeners[index].Tell(new Said("2"), me.Me);
                    }
                },
            }),
            "teller");
        lab.Island.Schedule(5, teller, new Said("go"), null);

        Assert.Equal("a:1 a:2 b:1 b:2 c:1 c:2", lab.RunUntil(10));
    }

    [Fact]
    public void An_actor_that_tells_itself_lets_lower_ordinals_go_first()
    {
        using var lab = new Lab();
        var listeners = lab.Listeners("a");
        var teller = lab.Island.SpawnRoot(
            ActorProps.Of(() => new Scripted
            {
                On = (me, message) =>
                {
                    lab.Note($"me:{((Said)message).Text}");
                    if (message is not Said { Text: "go" })
                        return;
                    me.Me.Tell(new Said("self"), me.Me);
                    listeners[0].Tell(new Said("other"), me.Me);
                },
            }),
            "teller");
        lab.Island.Schedule(5, teller, new Said("go"), null);

        Assert.Equal("me:go a:other me:self", lab.RunUntil(10));
    }

    [Fact]
    public void A_reply_goes_to_the_sender_of_a_scheduled_message()
    {
        using var lab = new Lab();
        var listener = lab.Listeners("a")[0];
        var replier = lab.Island.SpawnRoot(
            ActorProps.Of(() => new Scripted
            {
                On = (me, _) => me.Surroundings.Sender.Tell(new Said("reply"), me.Me),
            }),
            "replier");
        lab.Island.Schedule(5, replier, new Said("from an actor"), listener);
        lab.Island.Schedule(6, replier, new Said("from an identity"), listener, 0, 99);

        Assert.Equal("a:reply a:reply", lab.RunUntil(10));
    }

    [Fact]
    public void A_sender_that_is_nobody_stays_nobody_though_an_identity_is_given()
    {
        using var lab = new Lab();
        IActorRef? seen = null;
        var from = -2;
        var root = lab.Root(() => new Scripted
        {
            On = (me, _) => (seen, from) = (me.Surroundings.Sender, me.Island.From),
        });
        lab.Island.Schedule(5, root, new Said("x"), null, 0, 0);
        lab.RunUntil(10);

        Assert.Equal(0, from);
        Assert.Same(root.Provider.DeadLetters, seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Mail_to_a_stopped_actor_is_counted_by_reason_and_its_frame_released(bool direct)
    {
        using var lab = new Lab(direct);
        var root = lab.Root(() => new Scripted
        {
            On = (me, message) =>
            {
                if (message is Said { Text: "stop" })
                    me.Surroundings.Stop(me.Me);
                else
                    me.Island.Frames.Release(me.Carried);
            },
        });
        lab.Island.Schedule(1, root, new Said("stop"), null);
        lab.Island.Schedule(2, root, new Framed(), null, lab.Island.Frames.Take(64));
        lab.Island.Schedule(3, root, new Said("late"), null);
        lab.RunUntil(2);
        Assert.Equal(1, lab.Island.Frames.Count);
        lab.RunUntil(10);

        var deliveries = lab.Island.Deliveries;
        Assert.Equal(2, deliveries.Undelivered(UndeliveredReason.ReceiverStopped));
        Assert.Equal([("Framed", 1L), ("Said", 1L)], deliveries.DeadLetters);
        Assert.Equal(1, deliveries.Total);
        Assert.Equal(0, lab.Island.Frames.Count);
    }

    [Fact]
    public void Mail_that_waits_when_its_receiver_stops_is_counted_by_that_reason()
    {
        using var lab = new Lab();
        var listeners = new IslandActorRef[1];
        lab.Root(() => new Scripted
        {
            Starts = root =>
            {
                // The slow child keeps its parent suspended in stopping while mail comes.
                listeners[0] = root.Make("parent", () => new Scripted
                {
                    Starts = parent => parent.Make("child", () => new Scripted()),
                    On = (parent, _) =>
                    {
                        parent.Me.Tell(new Said("left behind"), parent.Me);
                        parent.Surroundings.Stop(parent.Me);
                    },
                });
            },
        });
        lab.Island.Schedule(1, listeners[0], new Said("stop"), null);
        lab.RunUntil(10);

        var deliveries = lab.Island.Deliveries;
        Assert.Equal(1, deliveries.Undelivered(UndeliveredReason.LeftInMailbox));
    }

    private static Exception OnAnotherThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action));
        thread.Start();
        thread.Join();
        Assert.NotNull(failure);
        return failure;
    }
}
