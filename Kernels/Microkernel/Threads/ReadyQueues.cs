using System.Numerics;

namespace Disguise.Kernels.Microkernel.Threads;

/// <summary>
/// The threads of one core that could run, by priority; among equals the one that has waited
/// longest is next. Finding the highest is one instruction.
/// </summary>
internal sealed class ReadyQueues
{
    /// <summary>Priorities, from 0, the lowest.</summary>
    public const int PriorityCount = 64;

    private readonly ThreadQueue?[] queues = new ThreadQueue?[PriorityCount];
    private ulong present;

    /// <summary>The highest priority of a thread that waits; -1 where none does.</summary>
    public int HighestPriority => BitOperations.Log2(present) - (present == 0 ? 1 : 0);

    /// <summary>Adds a thread behind its equals.</summary>
    public void Add(ThreadControlBlock thread) => QueueFor(thread).Add(thread);

    /// <summary>Adds a thread before its equals: it has not used its time up.</summary>
    public void AddFirst(ThreadControlBlock thread) => QueueFor(thread).AddFirst(thread);

    /// <summary>Takes the thread that runs next, or none.</summary>
    public ThreadControlBlock? Take()
    {
        if (present == 0)
            return null;
        var thread = queues[HighestPriority]!.First!;
        Remove(thread);
        return thread;
    }

    /// <summary>Takes a thread out that stands here.</summary>
    public void Remove(ThreadControlBlock thread)
    {
        var queue = queues[thread.Priority]
            ?? throw new InvalidOperationException($"{thread} does not wait for a core");
        queue.Remove(thread);
        if (queue.Count == 0)
            present &= ~(1UL << thread.Priority);
    }

    private ThreadQueue QueueFor(ThreadControlBlock thread)
    {
        present |= 1UL << thread.Priority;
        return queues[thread.Priority] ??= new ThreadQueue();
    }
}
