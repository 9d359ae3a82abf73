using System.Runtime.CompilerServices;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;

namespace Disguise.Actors.Wires;

/// <summary>
/// The beginning of a wire. Bytes, virtual time and port are all that passes: no reference to an
/// actor leaves an island. What is sent arrives at least <see cref="LookaheadPs"/> later, so that
/// islands can run that far without each other.
/// </summary>
public sealed class OutputPort
{
    private readonly Island source;
    private ulong counter;

    internal OutputPort(int origin, Island source, long lookaheadPs)
    {
        Origin = origin;
        this.source = source;
        LookaheadPs = lookaheadPs;
    }

    /// <summary>Origin in the key of its events.</summary>
    public int Origin { get; }

    /// <summary>Least time from sending to arrival: wire, least serialisation, fixed delays.
    /// </summary>
    public long LookaheadPs { get; }

    /// <summary>Sends a frame; the wire takes the sender's share of it.</summary>
    public void SendFrame(InputPort to, long arrivalPs, long frame)
    {
        RequireLookahead(arrivalPs);
        var order = EventHeap.Order(Origin, counter++);
        var target = to.Island;
        if (ReferenceEquals(target, source))
        {
            target.ScheduleArrival(arrivalPs, order, to, frame);
            return;
        }

        var digest = source.Frames.DigestOf(frame);
        var bytes = source.Frames.Read(frame);
        if (source.Worker is { } worker && worker.OutboxTo(to) is { } outbox)
            outbox.AddFrame(arrivalPs, order, to, digest, bytes);
        else
            target.Arrive(arrivalPs, order, to, target.Frames.TakeArrived(bytes, digest));
        source.Frames.Release(frame);
    }

    /// <summary>Sends eight bytes.</summary>
    public void SendWord(InputPort to, long arrivalPs, long word)
    {
        RequireLookahead(arrivalPs);
        var order = EventHeap.Order(Origin, counter++);
        var target = to.Island;
        if (ReferenceEquals(target, source))
            target.ScheduleArrival(arrivalPs, order, to, word);
        else if (source.Worker is { } worker && worker.OutboxTo(to) is { } outbox)
            outbox.AddWord(arrivalPs, order, to, word);
        else
            target.Arrive(arrivalPs, order, to, word);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RequireLookahead(long arrivalPs)
    {
        source.RequireOwnThread();
        if (arrivalPs < source.NowPs + LookaheadPs)
            ThrowWithinLookahead(arrivalPs);
    }

    private void ThrowWithinLookahead(long arrivalPs) => throw new InvalidOperationException(
        $"arrival at {arrivalPs} ps is within the lookahead of {LookaheadPs} ps "
        + $"from {source.NowPs} ps");
}
