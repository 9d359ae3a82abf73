using System.Runtime.CompilerServices;
using Disguise.Actors.Randomness;
using Disguise.Actors.Wires;

namespace Disguise.Actors.Islands;

/// <summary>
/// One thread's share of the islands. What it sends to the others and what it tells them is kept
/// twice and used in turn: while the others still read what belongs to one window, the next is
/// written. So one barrier a window is enough.
/// </summary>
internal sealed class Worker
{
    /// <summary>Actors, of some 1.5 KB each, that a core's second-level cache holds.</summary>
    private const int CachedActors = 1_024;

    private readonly Island[] islands;
    private readonly Outbox[][] outboxes;
    private readonly Notice[] notices = new Notice[2];
    private readonly DeterministicRandom? shuffle;
    private Outbox[] current;

    public Worker(int index, Island[] islands, int workerCount, ulong? shuffleSeed)
    {
        Index = index;
        this.islands = islands;
        if (shuffleSeed is { } seed)
            shuffle = new DeterministicRandom(seed).Fork(index);
        outboxes = [MakeOutboxes(workerCount), MakeOutboxes(workerCount)];
        current = outboxes[0];
        foreach (var island in islands)
        {
            island.WorkerIndex = index;
            island.Worker = this;
        }

        Queue = new IslandQueue(islands);
    }

    public int Index { get; }

    public IslandQueue Queue { get; }

    public BrokenInvariantException? Failure { get; private set; }

    public long EventCount => islands.Sum(island => island.Deliveries.Total);

    /// <summary>
    /// The batch for the worker of a port; none when that is this worker, whose islands can be
    /// given what they get at once: nothing sent in a window is run in it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Outbox? OutboxTo(InputPort port) =>
        port.WorkerIndex == Index && shuffle is null ? null : current[port.WorkerIndex];

    /// <summary>What this worker told at the end of a window.</summary>
    public ref readonly Notice NoticeOf(int parity) => ref notices[parity];

    /// <summary>Prepares for a run: islands may have changed since the last.</summary>
    public void Refresh()
    {
        Queue.Refresh();
        var isCold = islands.Sum(island => (long)island.ActorCount) > CachedActors;
        foreach (var island in islands)
            island.IsCold = isCold;
    }

    public void RunUntil(long endPs)
    {
        if (Failure is not null)
            return;
        try
        {
            Queue.RunUntil(endPs);
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    /// <summary>Tells the others how far this worker is, and turns to the other outboxes.
    /// </summary>
    public void Publish(int parity)
    {
        var nextPs = Queue.NextTimePs;
        var promisePs = Queue.PromisePs;
        foreach (var outbox in current)
        {
            nextPs = Math.Min(nextPs, outbox.NextTimePs);
            promisePs = Math.Min(promisePs, outbox.PromisePs);
        }

        notices[parity] = new Notice(nextPs, promisePs, Failure is not null);
        current = outboxes[parity ^ 1];
    }

    public void TakeBatches(Worker[] workers, int parity)
    {
        if (Failure is not null)
            return;
        try
        {
            foreach (var sender in workers)
            {
                var outbox = sender.outboxes[parity][Index];
                if (shuffle is not null)
                    outbox.Shuffle(shuffle);
                outbox.Deliver();
            }
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    /// <summary>
    /// Others wait at the barrier: a failure is kept, and thrown again once all have stopped.
    /// </summary>
    private void Fail(Exception failure) =>
        Failure = failure as BrokenInvariantException ?? new BrokenInvariantException(failure);

    private static Outbox[] MakeOutboxes(int count)
    {
        var made = new Outbox[count];
        for (var index = 0; index < count; index++)
            made[index] = new Outbox();
        return made;
    }

    /// <summary>What a worker tells the others at the end of a window.</summary>
    /// <param name="NextTimePs">Its earliest event, sent ones included.</param>
    /// <param name="PromisePs">Before this nothing that it sends from now on arrives.</param>
    /// <param name="Stop">It failed.</param>
    internal readonly record struct Notice(long NextTimePs, long PromisePs, bool Stop);
}
