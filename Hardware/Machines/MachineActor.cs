using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Hardware.Machines;

/// <summary>
/// The root of a machine's island: everything in the machine is its child. A child that crashes
/// stays down; its siblings go on. Parts that come and go while it runs are put in and taken out
/// by <see cref="MachineProtocol"/>.
/// </summary>
public sealed class MachineActor : EmulatedActor
{
    private readonly Action<MachineActor> assemble;
    private readonly Dictionary<IActorRef, (IMachinePart Part, IslandActorRef Orderer)> parts = [];
    private readonly Dictionary<IMachinePart, IslandActorRef> actors =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>Makes a machine that is assembled when it starts.</summary>
    public MachineActor(Action<MachineActor> assemble) => this.assemble = assemble;

    /// <summary>The context in which parts are made.</summary>
    public IActorContext Parts => Context;

    /// <summary>Adds a part; the name must be new, or of one that has stopped.</summary>
    public IslandActorRef Add<TActor>(string name, Func<TActor> make)
        where TActor : EmulatedActor => Spawn(name, make);

    /// <inheritdoc/>
    protected override void PreStart() => assemble(this);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case MachineProtocol.StartPart start:
                Start(start.Part, (IslandActorRef)Sender);
                break;
            case MachineProtocol.StopPart stop:
                if (actors.TryGetValue(stop.Part, out var running))
                    stop.Part.Stop(running, Me);
                break;
            case Terminated terminated when parts.Remove(terminated.ActorRef, out var ended):
                actors.Remove(ended.Part);
                Send(ended.Orderer, MachineProtocol.PartEnded.Instance, NowPs, ended.Part.Number);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Start(IMachinePart part, IslandActorRef orderer)
    {
        if (actors.ContainsKey(part))
            throw new InvalidOperationException($"part {part.Number} is there already");
        var actor = part.Start();
        actors.Add(part, actor);
        parts.Add(actor, (part, orderer));
        Context.Watch(actor);
    }
}
