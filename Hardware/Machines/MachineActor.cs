using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Hardware.Machines;

/// <summary>
/// The root of a machine's island: everything in the machine is its child. A child that crashes
/// stays down; its siblings go on.
/// </summary>
public sealed class MachineActor : EmulatedActor
{
    private readonly Action<MachineActor> assemble;

    /// <summary>Makes a machine that is assembled when it starts.</summary>
    public MachineActor(Action<MachineActor> assemble) => this.assemble = assemble;

    /// <summary>The context in which parts are made.</summary>
    public IActorContext Parts => Context;

    /// <summary>Adds a part; the name must be new.</summary>
    public IslandActorRef Add<TActor>(string name, Func<TActor> make)
        where TActor : EmulatedActor => Spawn(name, make);

    /// <inheritdoc/>
    protected override void PreStart() => assemble(this);

    /// <inheritdoc/>
    protected override void OnReceive(object message) => Unhandled(message);
}
