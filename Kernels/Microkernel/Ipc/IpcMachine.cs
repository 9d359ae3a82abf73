using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Domains;
using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Microkernel.Ipc;

/// <summary>
/// The rules of synchronous messages: who waits, who is woken, with what. Pure: it charges
/// nothing and runs nobody. Threads that may run again are in <see cref="Woken"/>, in the order
/// in which they were woken, as <see cref="ThreadStatus.Ready"/>; whoever called takes them out.
/// </summary>
internal sealed class IpcMachine(CapabilitySpaces capabilities, IMessageTransfer transfer)
{
    /// <summary>Threads that may run again.</summary>
    public List<ThreadControlBlock> Woken { get; } = [];

    /// <summary>
    /// Sends what is in the sender's registers by a capability to an endpoint. Done: received;
    /// Blocked: the sender waits; anything else: not sent.
    /// </summary>
    public KernelResult Send(
        ThreadControlBlock sender, Endpoint endpoint, in Capability by, SendMode mode)
    {
        RequireRunning(sender);
        if (endpoint.IsDestroyed)
            return KernelResult.PeerGone;
        if (endpoint.Receivers.First is not { } receiver)
        {
            if (mode == SendMode.GiveUp)
                return KernelResult.NotWaiting;
            sender.State = ThreadStatus.Sending;
            sender.WaitsAt = endpoint;
            sender.SendSlot = by.Slot;
            sender.SendBadge = capabilities.BadgeOf(by.Slot);
            sender.Calls = mode == SendMode.Call;
            endpoint.Senders.Add(sender);
            return KernelResult.Blocked;
        }

        var isCall = mode == SendMode.Call;
        var moved = Move(sender, receiver, by.Slot, capabilities.BadgeOf(by.Slot), isCall);
        if (moved != KernelResult.Done)
            return moved;
        Wake(receiver, ReturnKind.Message, KernelResult.Done);
        return isCall ? KernelResult.Blocked : KernelResult.Done;
    }

    /// <summary>
    /// Waits at an endpoint. Done: a message is in the registers; Blocked: the thread waits.
    /// </summary>
    public KernelResult Receive(ThreadControlBlock receiver, Endpoint endpoint)
    {
        RequireRunning(receiver);
        receiver.WaitGeneration++;
        if (endpoint.IsDestroyed)
            return KernelResult.PeerGone;
        if (receiver.Bound is { Bits: not 0 } notification)
        {
            Deliver(receiver, notification);
            return KernelResult.Done;
        }

        if (endpoint.GoneBadges.TryDequeue(out var badge))
        {
            receiver.Registers.SetKernelMessage(KernelLabels.BadgeGone, badge, 0);
            return KernelResult.Done;
        }

        while (endpoint.Senders.First is { } sender)
        {
            var moved = Move(
                sender, receiver, sender.SendSlot, sender.SendBadge, sender.Calls);
            if (moved == KernelResult.BadWindow)
                return moved;
            if (moved != KernelResult.Done)
            {
                Wake(sender, ReturnKind.Result, moved);
                continue;
            }

            // A caller goes on to wait for its answer; Move has said so already.
            if (!sender.Calls)
                Wake(sender, ReturnKind.Result, KernelResult.Done);
            return KernelResult.Done;
        }

        receiver.State = ThreadStatus.Receiving;
        receiver.WaitsAt = endpoint;
        endpoint.Receivers.Add(receiver);
        return KernelResult.Blocked;
    }

    /// <summary>
    /// Answers a call by the capability that came with it, which is used up. A caller that cannot
    /// take the answer is told so; that is no fault of who answers.
    /// </summary>
    public KernelResult Reply(
        ThreadControlBlock replier, in Capability reply, ThreadControlBlock caller)
    {
        RequireRunning(replier);
        if (caller.State != ThreadStatus.AwaitingReply || caller.ReplySlot != reply.Slot)
            throw new InvalidOperationException($"{caller} does not wait for this answer");
        var moved = transfer.Move(replier, caller, isAnswer: true);
        if (moved is not (KernelResult.Done or KernelResult.BadWindow))
            return moved;
        capabilities.Table.Revoke(reply.Slot);
        caller.ReplySlot = ThreadControlBlock.NoSlot;
        caller.Registers.SenderBadge = 0;
        Wake(
            caller, moved == KernelResult.Done ? ReturnKind.Message : ReturnKind.Result, moved);
        return KernelResult.Done;
    }

    /// <summary>Sets bits of a notification; its thread gets them if it waits for a message.
    /// </summary>
    public void Signal(Notification notification, ulong bits)
    {
        notification.Bits |= bits;
        if (notification.Thread is not { State: ThreadStatus.Receiving } thread || bits == 0)
            return;
        Deliver(thread, notification);
        Wake(thread, ReturnKind.Message, KernelResult.Done);
    }

    /// <summary>A thread that waits for a message has waited long enough.</summary>
    public void Expire(ThreadControlBlock thread)
    {
        if (thread.State == ThreadStatus.Receiving)
            Wake(thread, ReturnKind.Result, KernelResult.TimedOut);
    }

    /// <summary>
    /// Nobody holds a badge any more: who receives at the endpoint is told.
    /// </summary>
    public void TellGone(Endpoint endpoint, ulong badge)
    {
        if (endpoint.IsDestroyed || badge == 0)
            return;
        if (endpoint.Receivers.First is not { } receiver)
        {
            // Each is told once, so that there are no more than there are badges.
            if (!endpoint.GoneBadges.Contains(badge))
                endpoint.GoneBadges.Enqueue(badge);
            return;
        }

        receiver.Registers.SetKernelMessage(KernelLabels.BadgeGone, badge, 0);
        Wake(receiver, ReturnKind.Message, KernelResult.Done);
    }

    /// <summary>Nobody can receive at an endpoint any more: who waits there is told.</summary>
    public void Destroy(Endpoint endpoint)
    {
        endpoint.IsDestroyed = true;
        endpoint.GoneBadges.Clear();
        while (endpoint.Senders.First is { } sender)
            Wake(sender, ReturnKind.Result, KernelResult.PeerGone);
        while (endpoint.Receivers.First is { } receiver)
            Wake(receiver, ReturnKind.Result, KernelResult.PeerGone);
    }

    /// <summary>
    /// A capability is gone: who is sending by it stops. The slot is free already.
    /// </summary>
    public void CutOffSenders(Endpoint endpoint, int slot)
    {
        var sender = endpoint.Senders.First;
        while (sender is not null)
        {
            var next = sender.Next;
            if (sender.SendSlot == slot)
                Wake(sender, ReturnKind.Result, KernelResult.Revoked);
            sender = next;
        }
    }

    /// <summary>The capability to answer a call is gone: its caller stops waiting.</summary>
    public void CutOffCaller(ThreadControlBlock caller, KernelResult why)
    {
        if (caller.State != ThreadStatus.AwaitingReply)
            return;
        caller.ReplySlot = ThreadControlBlock.NoSlot;
        Wake(caller, ReturnKind.Result, why);
    }

    /// <summary>Ends a thread: it waits nowhere any more.</summary>
    public void End(ThreadControlBlock thread)
    {
        Woken.Remove(thread);
        LeaveEndpoint(thread);
        thread.State = ThreadStatus.Ended;
    }

    private static void RequireRunning(ThreadControlBlock thread)
    {
        if (thread.State != ThreadStatus.Running)
            throw new InvalidOperationException($"{thread} is {thread.State} and calls");
    }

    private static void LeaveEndpoint(ThreadControlBlock thread)
    {
        if (thread.WaitsAt is not { } endpoint)
            return;
        if (thread.State == ThreadStatus.Sending)
            endpoint.Senders.Remove(thread);
        else if (thread.State == ThreadStatus.Receiving)
            endpoint.Receivers.Remove(thread);
        thread.WaitsAt = null;
    }

    private static void Deliver(ThreadControlBlock thread, Notification notification)
    {
        thread.Registers.SetKernelMessage(
            KernelLabels.Notification, notification.Bits, 0);
        notification.Bits = 0;
    }

    /// <summary>
    /// Moves a message, and has a caller wait for its answer: the right to answer descends from
    /// the capability it called by, and falls with it.
    /// </summary>
    private KernelResult Move(
        ThreadControlBlock sender, ThreadControlBlock receiver, int slot, ulong badge,
        bool isCall)
    {
        if (isCall && capabilities.Table.NextSlot(1) < 0)
            return KernelResult.CapabilitiesExhausted;
        var moved = transfer.Move(sender, receiver, isAnswer: false);
        if (moved != KernelResult.Done)
            return moved;
        receiver.Registers.SenderBadge = badge;
        if (!isCall)
            return KernelResult.Done;
        if (!capabilities.TryGrant(
            slot, CapabilityKind.Reply, CapabilityRights.Write, receiver.Domain.Number,
            sender.Number, 0, out var handle))
        {
            throw new InvalidOperationException("the room for an answer has gone");
        }

        LeaveEndpoint(sender);
        receiver.Registers.ReplyHandle = handle;
        sender.State = ThreadStatus.AwaitingReply;
        sender.SendSlot = slot;
        sender.ReplySlot = handle.Slot;
        return KernelResult.Done;
    }

    private void Wake(ThreadControlBlock thread, ReturnKind returns, KernelResult result)
    {
        LeaveEndpoint(thread);
        thread.State = ThreadStatus.Ready;
        thread.Returns = returns;
        thread.Registers.Result = result;
        Woken.Add(thread);
    }
}
