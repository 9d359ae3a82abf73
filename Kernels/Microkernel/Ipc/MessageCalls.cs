using Disguise.Actors.Time;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Microkernel.Ipc;

/// <summary>
/// Serves the calls that move messages: finds by their handles what they are about, has the rules
/// decide, and arms the deadline of a thread that waits.
/// </summary>
internal sealed class MessageCalls(KernelState state)
{
    /// <summary>Serves a call of a running thread; Blocked when it waits.</summary>
    public KernelResult Serve(ThreadControlBlock thread, out bool hasMessage)
    {
        hasMessage = false;
        var registers = thread.Registers;
        switch (registers.Call)
        {
            case KernelCall.Call:
                return Send(thread, SendMode.Call);
            case KernelCall.Send:
                return Send(thread, SendMode.Wait);
            case KernelCall.SendAndWait:
                var sent = Send(thread, SendMode.GiveUp);
                return sent == KernelResult.Done ? Wait(thread, out hasMessage) : sent;
            case KernelCall.Reply:
                return Reply(thread);
            case KernelCall.ReplyAndWait:
                var replied = Reply(thread);
                return replied == KernelResult.Done ? Wait(thread, out hasMessage) : replied;
            case KernelCall.Wait:
                return Wait(thread, out hasMessage);
            case KernelCall.Signal:
                return Signal(thread);
            case KernelCall.Acknowledge:
                return Acknowledge(thread);
            default:
                return KernelResult.BadArgument;
        }
    }

    private KernelResult Send(ThreadControlBlock thread, SendMode mode)
    {
        var found = state.Capabilities.Find(
            thread.Domain.Number, thread.Registers.Target, CapabilityKind.Endpoint,
            CapabilityRights.Write, out var capability);
        if (found != KernelResult.Done)
            return found;
        var isGiven = thread.Registers.Granted != Handle.None;
        return isGiven && (capability.Rights & CapabilityRights.Grant) == 0
            ? KernelResult.NoRight
            : state.Ipc.Send(
                thread, state.Objects.Endpoints[capability.Object], capability, mode);
    }

    private KernelResult Reply(ThreadControlBlock thread)
    {
        var found = state.Capabilities.Find(
            thread.Domain.Number, thread.Registers.Target, CapabilityKind.Reply,
            CapabilityRights.Write, out var capability);
        return found == KernelResult.Done
            ? state.Ipc.Reply(thread, capability, state.Objects.Threads[capability.Object])
            : found;
    }

    private KernelResult Wait(ThreadControlBlock thread, out bool hasMessage)
    {
        hasMessage = false;
        var found = state.Capabilities.Find(
            thread.Domain.Number, thread.Registers.WaitAt, CapabilityKind.Endpoint,
            CapabilityRights.Read, out var capability);
        if (found != KernelResult.Done)
            return found;
        var deadlinePs = thread.Registers.DeadlinePs;
        var received = state.Ipc.Receive(thread, state.Objects.Endpoints[capability.Object]);
        hasMessage = received == KernelResult.Done;
        if (received == KernelResult.Blocked && deadlinePs > 0)
            Arm(thread, deadlinePs);
        return received;
    }

    private void Arm(ThreadControlBlock thread, long deadlinePs) =>
        state.Machine.Island.Schedule(
            Math.Clamp(deadlinePs, state.Machine.Island.NowPs, Picoseconds.Never - 1),
            state.Kernel, NucleusProtocol.WaitExpired.Instance, state.Kernel,
            NucleusProtocol.WaitExpired.WordOf(thread.Name, thread.WaitGeneration));

    private KernelResult Signal(ThreadControlBlock thread)
    {
        var found = state.Capabilities.Find(
            thread.Domain.Number, thread.Registers.Target, CapabilityKind.Notification,
            CapabilityRights.Write, out var capability);
        if (found != KernelResult.Done)
            return found;
        var badge = state.Capabilities.BadgeOf(capability.Slot);
        state.Ipc.Signal(
            state.Objects.Notifications[capability.Object],
            badge != 0 ? badge : thread.Registers.Badge);
        return KernelResult.Done;
    }

    private KernelResult Acknowledge(ThreadControlBlock thread)
    {
        var found = state.Capabilities.Find(
            thread.Domain.Number, thread.Registers.Target, CapabilityKind.Interrupt,
            CapabilityRights.Write, out var capability);
        if (found != KernelResult.Done)
            return found;
        var interrupt = state.Objects.Interrupts[capability.Object];
        if (interrupt.Line.Acknowledge() && interrupt.Notification is { } notification)
            state.Ipc.Signal(notification, interrupt.Bits);
        return KernelResult.Done;
    }
}
