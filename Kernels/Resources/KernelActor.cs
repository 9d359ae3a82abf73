using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Nic;

namespace Disguise.Kernels.Resources;

/// <summary>
/// The actor of a kernel that is an object of its own, which others may hold before it boots.
/// Cores and the NIC report to it from its start.
/// </summary>
/// <param name="machine">The machine.</param>
/// <param name="nic">Its NIC.</param>
/// <param name="boot">What the kernel does when the actor has started.</param>
/// <param name="receive">Takes a message and its word; false where it does not know it.</param>
public sealed class KernelActor(
    Machine machine, Nic nic, Action boot, Func<object, long, bool> receive) : EmulatedActor
{
    /// <summary>
    /// Has the kernel learn when an actor has stopped, by Akka's <c>Terminated</c>; for the kernel
    /// to call while it receives a message.
    /// </summary>
    public void Watch(IslandActorRef actor) => Context.Watch(actor);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        foreach (var core in machine.Cores)
            Send(core.Actor, new KernelAttached(Me), NowPs);
        Send(nic.Device, new KernelAttached(Me), NowPs);
        boot();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (!receive(message, Word))
            Unhandled(message);
    }
}
