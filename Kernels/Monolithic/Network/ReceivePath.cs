using System.Runtime.CompilerServices;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Monolithic.Execution;
using Disguise.Kernels.Monolithic.Scheduling;
using Disguise.Kernels.Monolithic.Sockets;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.Network;

/// <summary>
/// The way of a frame from the ring to a socket, in the soft interrupt: first its work, then, when
/// that work's time has passed, its effects. A packet that finds the socket full has cost what it
/// has cost.
/// </summary>
internal sealed class ReceivePath(
    NetworkState state, KernelExecution execution, FairScheduler scheduler)
{
    private readonly AnswerSink answers = new(state);

    /// <summary>Takes the frame that is there and works on it.</summary>
    public void Take(QueuePair queue, bool isAfterIdle, List<PendingDelivery> pending)
    {
        var driver = queue.Driver;
        state.Requests?.ReceiveDescriptorTaken(
            execution.Executor, queue.Function, queue.Number, driver.NextReceived);
        var packet = driver.Take();
        state.Received.CountReceived();
        answers.Queue = queue;
        var frame = new BufferedFrame(execution, driver.AddressOf(packet), packet);
        Span<byte> head = stackalloc byte[MacAddress.LengthBytes];
        frame.Read(0, head);
        var destination = MacAddress.Read(head);
        if (destination.IsMulticast)
        {
            TakeGroup(queue, packet, isAfterIdle, pending);
            return;
        }

        if (state.Namespaces.TryFind(destination, out var network))
        {
            Receive(network, queue, packet, isAfterIdle, pending);
            return;
        }

        execution.Charge(SharedStackCosts.Demultiplexing);
        state.Received.CountDropped(MonolithicDrops.NoNamespace);
        driver.Done(packet);
    }

    /// <summary>
    /// What is due for a datagram now: it goes into its socket, and who waits for it wakes.
    /// </summary>
    public void Deliver(QueuePair queue, in PendingDelivery due)
    {
        var socket = due.Network.Find(due.Reception.Owner);
        if (socket is null || socket.IsClosed || due.Network.IsDown)
        {
            state.Received.CountDropped(MonolithicDrops.SocketClosed);
            queue.Driver.Done(due.Packet);
            return;
        }

        // Looked at before the lock is taken: a packet for which there is no room has cost the
        // stack's work, but neither the accounting nor the wake-up (udp_queue_rcv_skb).
        if (socket.Buffer.IsFull)
        {
            state.Received.CountDropped(MonolithicDrops.SocketBufferFull);
            queue.Driver.Done(due.Packet);
            return;
        }

        execution.Acquire(socket.Lock);
        execution.Touch(socket.Line);
        execution.Touch(state.MemoryAccount);
        execution.Charge(SharedStackCosts.ReceiveBufferAccounting);
        if (queue.TryHold())
        {
            Add(socket, queue, due);
            Notify(socket);
        }
        else
        {
            state.Received.CountDropped(MonolithicDrops.BuffersExhausted);
            queue.Driver.Done(due.Packet);
        }

        execution.Release(socket.Lock);
    }

    /// <summary>Tells those who wait for a socket that there is news.</summary>
    public void Notify(Socket socket)
    {
        execution.Charge(SharedStackCosts.ReceiverNotification);
        if (socket.Receiver is { } receiver)
        {
            socket.Receiver = null;
            scheduler.Wake(receiver);
        }

        if (socket.Poll is not { } poll)
            return;
        execution.Charge(SharedStackCosts.EventNotification);
        poll.Notify(socket);
        if (poll.Waiter is not { } waiter)
            return;
        poll.Waiter = null;
        scheduler.Wake(waiter);
    }

    private void Add(Socket socket, QueuePair queue, in PendingDelivery due)
    {
        var token = state.TakeToken();
        var endpoints = due.Reception.Endpoints;
        var isAdded = socket.Buffer.TryAdd(new Datagram(
            due.Packet, queue.Number, due.Reception.PayloadOffsetBytes,
            due.Reception.PayloadBytes, endpoints.Hosts.Source, endpoints.SourcePort, token,
            due.IsAfterIdle));
        if (!isAdded)
            throw new InvalidOperationException("a receive buffer was full after all");
        // The peer can be answered without asking for its Ethernet address.
        due.Network.Stack.Learn(endpoints);
        state.Requests?.RequestQueued(execution.Executor, token, execution.ClockPs);
    }

    private void Receive(
        NetworkNamespace network, QueuePair queue, in Packet packet, bool isAfterIdle,
        List<PendingDelivery> pending)
    {
        execution.Charge(ProfileCosts.StackReceivePosix);
        if (!isAfterIdle)
            execution.Charge(CoreStateCosts.StackReceiveWhileRunning);
        execution.Charge(SharedStackCosts.Demultiplexing);
        var frame = new BufferedFrame(execution, queue.Driver.AddressOf(packet), packet);
        var reception = network.Stack.Receive(frame, answers, execution.ClockPs);
        switch (reception.Kind)
        {
            case ReceptionKind.Datagram:
                pending.Add(new PendingDelivery(network, packet, reception, isAfterIdle));
                return;
            case ReceptionKind.Dropped:
                state.Received.CountDropped(reception.Reason!);
                break;
            default:
                state.Received.CountSent();
                break;
        }

        queue.Driver.Done(packet);
    }

    /// <summary>A frame to a group: each namespace gets one of its own.</summary>
    private void TakeGroup(
        QueuePair queue, in Packet packet, bool isAfterIdle, List<PendingDelivery> pending)
    {
        var networks = state.Namespaces.Up;
        for (var index = 0; index < networks.Count; index++)
        {
            state.Received.CountReplicated(1);
            if (TryCopy(queue, packet, out var copy))
                Receive(networks[index], queue, copy, isAfterIdle, pending);
            else
                state.Received.CountDropped(MonolithicDrops.BuffersExhausted);
        }

        // The frame itself is nobody's: each has its copy.
        state.Received.CountSent();
        queue.Driver.Done(packet);
    }

    /// <summary>A copy in another buffer, with what the device found out.</summary>
    [SkipLocalsInit]
    private bool TryCopy(QueuePair queue, in Packet packet, out Packet copy)
    {
        copy = default;
        if (!queue.Driver.TryTakeBuffer(out var buffer))
            return false;
        Span<byte> bytes = stackalloc byte[QueueLayout.BufferBytes];
        bytes = bytes[..packet.LengthBytes];
        copy = packet with { Buffer = buffer, OffsetBytes = 0 };
        execution.Read(queue.Driver.AddressOf(packet), bytes);
        execution.Write(queue.Driver.AddressOf(copy), bytes);
        return true;
    }
}
