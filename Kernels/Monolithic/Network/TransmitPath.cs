using Disguise.Actors.Time;
using Disguise.Kernels.Monolithic.Execution;
using Disguise.Kernels.Monolithic.QueueingDisciplines;
using Disguise.Kernels.Monolithic.Scheduling;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.Network;

/// <summary>
/// The way of a packet from a socket to a ring: through the traffic class of a tenant whose rate
/// is limited, and through the queue of a ring that is full. Work begins at the island's time.
/// </summary>
internal sealed class TransmitPath(
    NetworkState state, KernelExecution execution, FairScheduler scheduler)
{
    private readonly List<TrafficClass> backlogged = [];
    private long NowPs => execution.ClockPs;

    /// <summary>Sends a packet, or has it wait for its turn.</summary>
    public ErrorNumber Send(NetworkNamespace network, in OutgoingPacket packet)
    {
        var queue = state.Queues[packet.Queue];
        execution.Acquire(queue.TransmitLock);
        execution.Touch(queue.TransmitLine);
        var error = ErrorNumber.None;
        if (network.Class is not { } limited)
        {
            error = Transmit(queue, packet);
        }
        else
        {
            execution.Charge(SharedStackCosts.QueueingDiscipline);
            if (limited.Waiting.Count == 0
                && limited.Bucket.TrySend(packet.Packet.LengthBytes, NowPs))
            {
                error = Transmit(queue, packet);
            }
            else if (limited.Waiting.TryAdd(packet))
            {
                Queued(packet);
                if (limited.Waiting.Count == 1)
                    backlogged.Add(limited);
                SetTimer(limited.Core);
            }
            else
            {
                error = Drop(queue, packet);
            }
        }

        execution.Release(queue.TransmitLock);
        return error;
    }

    /// <summary>
    /// Sends one packet of the traffic classes of this core whose turn has come. False when there
    /// is none. The core's timer is set for the next.
    /// </summary>
    public bool TrySendDue(int core)
    {
        for (var index = 0; index < backlogged.Count; index++)
        {
            var limited = backlogged[index];
            if (limited.Core != core)
                continue;
            ref readonly var first = ref limited.Waiting.First;
            if (!limited.Bucket.TrySend(first.Packet.LengthBytes, NowPs))
                continue;
            var packet = limited.Waiting.Take();
            if (limited.Waiting.Count == 0)
                backlogged.RemoveAt(index);
            var queue = state.Queues[packet.Queue];
            state.Requests?.RequestTaken(execution.Executor, packet.Token, NowPs);
            execution.Acquire(queue.TransmitLock);
            execution.Touch(queue.TransmitLine);
            Leave(packet);
            Transmit(queue, packet);
            execution.Release(queue.TransmitLock);
            SetTimer(core);
            return true;
        }

        SetTimer(core);
        return false;
    }

    /// <summary>Whether a traffic class of a core has a packet whose turn has come.</summary>
    public bool IsDue(int core) => NextPs(core) <= NowPs;

    /// <summary>
    /// Sends what waits for a queue pair's ring, as far as there is room; takes back what the
    /// device has sent before.
    /// </summary>
    public void Clean(QueuePair queue)
    {
        queue.Driver.Replenish();
        while (queue.Waiting.Count > 0 && !queue.Driver.IsTransmitFull)
        {
            var packet = queue.Waiting.Take();
            state.Requests?.RequestTaken(execution.Executor, packet.Token, NowPs);
            Leave(packet);
            Post(queue, packet);
        }

        if (queue.IsStopped && queue.Waiting.Count == 0)
            queue.IsStopped = false;
        if (queue.Driver.HasNews)
            queue.Driver.TellDevice();
    }

    /// <summary>Forgets what a tenant has waiting: its network is gone.</summary>
    public void Discard(NetworkNamespace network)
    {
        if (network.Class is not { } limited)
            return;
        backlogged.Remove(limited);
        while (limited.Waiting.Count > 0)
        {
            var packet = limited.Waiting.Take();
            Leave(packet);
            state.Transmitted.CountDropped(MonolithicDrops.SocketClosed);
            state.Queues[packet.Queue].Release(packet.Packet);
        }

        SetTimer(limited.Core);
    }

    private ErrorNumber Transmit(QueuePair queue, in OutgoingPacket packet)
    {
        if (queue.Waiting.Count > 0 || queue.Driver.IsTransmitFull)
            Clean(queue);
        if (queue.Waiting.Count == 0 && !queue.Driver.IsTransmitFull)
        {
            Post(queue, packet);
            return ErrorNumber.None;
        }

        if (!queue.Waiting.TryAdd(packet))
            return Drop(queue, packet);
        Queued(packet);
        queue.IsStopped = true;
        return ErrorNumber.None;
    }

    private void Post(QueuePair queue, in OutgoingPacket packet)
    {
        queue.Post(packet.Packet);
        state.Transmitted.CountSent();
        var index = queue.Driver.LastPosted;
        queue.Driver.TellDevice();
        state.Requests?.TransmitDescriptorPosted(
            execution.Executor, queue.Function, queue.Number, index, NowPs);
    }

    private void Queued(in OutgoingPacket packet)
    {
        packet.Sender.Hold(packet.Packet.LengthBytes);
        state.Requests?.RequestQueued(execution.Executor, packet.Token, NowPs);
    }

    /// <summary>A packet leaves a queue: its sender may have waited for that.</summary>
    private void Leave(in OutgoingPacket packet)
    {
        packet.Sender.Let(packet.Packet.LengthBytes);
        if (packet.Sender.Sender is not { } waiting || !packet.Sender.MaySend)
            return;
        packet.Sender.Sender = null;
        scheduler.Wake(waiting);
    }

    private ErrorNumber Drop(QueuePair queue, in OutgoingPacket packet)
    {
        state.Transmitted.CountDropped(MonolithicDrops.QueueingDisciplineFull);
        queue.Release(packet.Packet);
        return ErrorNumber.NoBuffers;
    }

    private void SetTimer(int core) =>
        scheduler.Cores[core].Timer.SetTransmit(NextPs(core), NowPs);

    private long NextPs(int core)
    {
        var nextPs = Picoseconds.Never;
        foreach (var limited in backlogged)
        {
            if (limited.Core == core)
                nextPs = Math.Min(nextPs, limited.Bucket.ReadyPs(NowPs));
        }

        return nextPs;
    }
}
