using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Tests.Islands;

/// <summary>An actor that does what a test's functions say.</summary>
internal sealed class Scripted : EmulatedActor, IWithUnboundedStash, IWithTimers
{
    public IStash Stash { get; set; } = null!;

    public ITimerScheduler Timers { get; set; } = null!;

    public Action<Scripted, object> On { get; init; } = (_, _) => { };

    public Action<Scripted> Starts { get; init; } = _ => { };

    public Action<Scripted> Stops { get; init; } = _ => { };

    public SupervisorStrategy Supervision { get; init; } = ComponentSupervision.Strategy;

    public IUntypedActorContext Surroundings => Context;

    public long TimePs => NowPs;

    public long Carried => Word;

    public IslandActorRef Make(string name, Func<Scripted> make) => Spawn(name, make);

    public void Refuse(object message) => Unhandled(message);

    public void Say(IslandActorRef to, object message, long atPs, long word = 0) =>
        Send(to, message, atPs, word);

    protected override void PreStart() => Starts(this);

    protected override void PostStop() => Stops(this);

    protected override void OnReceive(object message) => On(this, message);

    protected override SupervisorStrategy SupervisorStrategy() => Supervision;
}
