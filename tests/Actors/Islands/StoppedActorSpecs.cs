using System.Runtime.CompilerServices;
using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Tests.Islands;

public sealed class StoppedActorSpecs
{
    private const int More = Island.StoppedLimit + 100;

    [Fact]
    public void Actors_that_come_and_go_are_forgotten_and_their_memory_is_given_back()
    {
        using var lab = new Lab();
        var root = Root(lab);

        var came = new List<WeakReference<IslandActorRef>>();
        for (var number = 0; number < More; number++)
            came.Add(ComeAndGo(lab, root, number));
        GC.Collect();

        // The last has not stopped, and of the others the latest are remembered.
        var forgotten = More - 1 - Island.StoppedLimit;
        Assert.All(came[..forgotten], actor => Assert.False(actor.TryGetTarget(out _)));
        Assert.All(came[forgotten..], actor => Assert.True(actor.TryGetTarget(out _)));
        Assert.Null(lab.Island.ActorAt(1));
        Assert.NotNull(lab.Island.ActorAt(More));
        Assert.Equal(2 + Island.StoppedLimit, lab.Island.Actors.Count());
        Assert.Equal(1 + More, lab.Island.ActorCount);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void What_still_comes_for_a_forgotten_actor_reaches_nobody(bool direct, bool isCold)
    {
        using var lab = new Lab(direct);
        var root = Root(lab);
        var made = new List<IslandActorRef>();
        lab.Island.Schedule(0, root, new Said("make"), null);
        lab.RunUntil(1);
        made.Add(lab.Island.ActorAt(1)!);
        made[0].Island.Schedule(More + 10, made[0], new Said("late"), made[0]);
        lab.Island.Schedule(1, root, new Said("stop"), null);
        for (var number = 1; number < More; number++)
            ComeAndGo(lab, root, number);
        made.Add(lab.Island.ActorAt(More)!);
        lab.Island.IsCold = isCold;

        lab.RunUntil(More + 100);

        Assert.Null(lab.Island.ActorAt(1));
        Assert.Equal("", lab.Notes);
        Assert.Equal(
            1, lab.Island.Deliveries.Undelivered(UndeliveredReason.ReceiverStopped));
    }

    [Fact]
    public void A_message_of_a_forgotten_actor_is_delivered_with_its_identity()
    {
        using var lab = new Lab();
        var from = -1;
        IslandActorRef? child = null;
        var root = lab.Root(() => new Scripted
        {
            On = (me, message) =>
            {
                switch (((Said)message).Text)
                {
                    case "make":
                        child = me.Make("child", () => new Scripted());
                        break;
                    case "stop":
                        me.Surroundings.Stop(child!);
                        break;
                    default:
                        from = me.Island.From;
                        break;
                }
            },
        });
        lab.Island.Schedule(0, root, new Said("make"), null);
        lab.RunUntil(1);
        lab.Island.Schedule(More + 10, root, new Said("word of the dead"), child);
        lab.Island.Schedule(1, root, new Said("stop"), null);
        for (var number = 1; number < More; number++)
            ComeAndGo(lab, root, number);

        lab.RunUntil(More + 100);

        Assert.Equal(1, from);
    }

    private static IslandActorRef Root(Lab lab)
    {
        IslandActorRef? child = null;
        return lab.Root(() => new Scripted
        {
            On = (me, message) =>
            {
                if (((Said)message).Text == "make")
                {
                    child = me.Make("child", () => new Scripted
                    {
                        On = (_, _) => lab.Note("heard"),
                    });
                }
                else
                {
                    me.Surroundings.Stop(child!);
                }
            },
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<IslandActorRef> ComeAndGo(
        Lab lab, IslandActorRef root, int number)
    {
        lab.Island.Schedule(number + 1, root, new Said("make"), null);
        lab.RunUntil(number + 2);
        var made = new WeakReference<IslandActorRef>(lab.Island.ActorAt(number + 1)!);
        lab.Island.Schedule(number + 2, root, new Said("stop"), null);
        return made;
    }
}
