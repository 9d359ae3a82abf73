using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Tests.HashProgram;

/// <summary>
/// Ten children that restart together when one crashes, and that a watcher sees stop: the order
/// of all of it would follow Akka's unordered set of children.
/// </summary>
internal sealed class MeshFamily : EmulatedActor
{
    private const int ChildCount = 10;

    private readonly IslandActorRef[] children = new IslandActorRef[ChildCount];
    private int rank;

    protected override void PreStart()
    {
        for (var index = 0; index < ChildCount; index++)
        {
            children[index] = Spawn($"child {index * 7919}", () => new MeshChild());
            Context.Watch(children[index]);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Crash crash:
                foreach (var child in children)
                    child.Tell(new Note(rank++), Me);
                Send(children[5], crash, NowPs + 1);
                break;
            case StopAll:
                foreach (var child in children)
                    Context.Stop(child);
                break;
            case Terminated terminated:
                var ordinal = ((IslandActorRef)terminated.ActorRef).Ordinal;
                Me.Tell(new Note((ordinal << 8) + rank++), Me);
                break;
            case Note:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        ComponentSupervision.All(Directive.Restart);
}
