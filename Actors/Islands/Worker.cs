using Disguise.Actors.Randomness;
using Disguise.Actors.Wires;

namespace Disguise.Actors.Islands;

/// <summary>One thread's share of the islands, and what it tells the others at a barrier.</summary>
internal sealed class Worker
{
    private readonly Outbox[] outboxes;

    public Worker(int index, Island[] islands, int workerCount)
    {
        Index = index;
        Queue = new IslandQueue(islands);
        outboxes = new Outbox[workerCount];
        for (var other = 0; other < workerCount; other++)
            outboxes[other] = new Outbox();
        foreach (var island in islands)
        {
            island.WorkerIndex = index;
            island.Outboxes = outboxes;
        }
    }

    public int Index { get; }

    public IslandQueue Queue { get; }

    public long NextTimePs { get; private set; }

    public long PromisePs { get; private set; }

    public bool Stop { get; set; }

    public Exception? Failure { get; private set; }

    public void Publish()
    {
        NextTimePs = Queue.NextTimePs;
        PromisePs = Queue.PromisePs;
    }

    public void RunUntil(long endPs)
    {
        foreach (var outbox in outboxes)
            outbox.Clear();
        try
        {
            Queue.RunUntil(endPs);
        }
        catch (Exception failure)
        {
            // Others wait at the barrier: the failure is thrown again once all have stopped.
            Failure = failure;
            Stop = true;
        }
    }

    public void TakeBatches(Worker[] workers, DeterministicRandom? shuffle)
    {
        if (Failure is not null)
            return;
        foreach (var sender in workers)
        {
            var outbox = sender.outboxes[Index];
            if (shuffle is not null)
                outbox.Shuffle(shuffle);
            outbox.Deliver(Queue);
        }
    }
}
