using Akka.Actor;
using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Tests.Islands;

public class ComponentSupervisionSpecs
{
    [Fact]
    public void A_crashed_component_stops_and_its_siblings_go_on()
    {
        using var lab = new Lab();
        var children = Family(lab, ComponentSupervision.Strategy);
        TellAll(lab, children, 1);
        lab.Island.Schedule(2, children[1], new Said("crash"), null);
        TellAll(lab, children, 3);

        Assert.Equal("a:x b:x c:x -b a:x c:x", lab.RunUntil(10));
    }

    [Fact]
    public void A_subclass_may_restart_what_crashed()
    {
        using var lab = new Lab();
        var children = Family(lab, ComponentSupervision.Each(Directive.Restart));
        lab.Island.Schedule(2, children[1], new Said("crash"), null);
        TellAll(lab, children, 3);

        Assert.Equal("-b a:x b:x c:x", lab.RunUntil(10));
    }

    [Fact]
    public void A_subclass_may_restart_all_children_and_they_go_by_creation_ordinal()
    {
        using var lab = new Lab();
        var lives = new List<string>();
        var children = Family(lab, ComponentSupervision.All(Directive.Restart));
        lab.Island.LifecycleObserver = new LifeList(lives);
        lab.Island.Schedule(2, children[1], new Said("crash"), null);
        lab.RunUntil(10);

        // The one that crashed is suspended already; the others follow it as they were made.
        Assert.Equal(
            "Restarting 1, Restarted 1, Restarting 2, Restarted 2, Restarting 3, Restarted 3",
            string.Join(", ", lives));
    }

    [Fact]
    public void A_crash_in_a_constructor_or_at_a_start_is_a_crash_of_the_component()
    {
        using var lab = new Lab();
        lab.Root(() => new Scripted
        {
            Starts = me =>
            {
                me.Make("a", () => throw new ComponentFailureException("in the constructor"));
                me.Make("b", () => new Scripted
                {
                    Starts = _ => throw new ComponentFailureException("at the start"),
                });
            },
            On = (_, message) => lab.Note(((Said)message).Text),
        });
        lab.Island.Schedule(1, lab.Island.ActorAt(0)!, new Said("alive"), null);

        Assert.Equal("alive", lab.RunUntil(10));
    }

    [Fact]
    public void A_watcher_learns_of_a_stop_at_the_same_virtual_time()
    {
        using var lab = new Lab();
        var root = lab.Root(() => new Scripted
        {
            Starts = me =>
            {
                var child = me.Make("child", () => new Scripted
                {
                    On = (_, _) => throw new ComponentFailureException("crash"),
                });
                me.Surroundings.Watch(child);
                me.Say(child, new Said("crash"), 77);
            },
            On = (me, message) => lab.Note($"{message.GetType().Name}@{me.TimePs}"),
        });

        Assert.Equal("Terminated@77", lab.RunUntil(100));
        Assert.Equal(0, root.Ordinal);
    }

    private static IslandActorRef[] Family(Lab lab, SupervisorStrategy strategy)
    {
        var children = new IslandActorRef[3];
        lab.Root(() => new Scripted
        {
            Supervision = strategy,
            Starts = me =>
            {
                for (var index = 0; index < 3; index++)
                {
                    var name = "abc"[index].ToString();
                    children[index] = me.Make(name, () => new Scripted
                    {
                        On = (_, message) =>
                        {
                            if (message is Said { Text: "crash" })
                                throw new ComponentFailureException("crash");
                            lab.Note($"{name}:x");
                        },
                        Stops = _ => lab.Note($"-{name}"),
                    });
                }
            },
        });
        return children;
    }

    private static void TellAll(Lab lab, IslandActorRef[] children, long atPs)
    {
        foreach (var child in children)
            lab.Island.Schedule(atPs, child, new Said("x"), null);
    }

    private sealed class LifeList(List<string> lives) : ILifecycleObserver
    {
        public void Happened(in LifecycleStep step) => lives.Add($"{step.Kind} {step.Actor}");
    }
}
