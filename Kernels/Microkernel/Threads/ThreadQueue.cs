namespace Disguise.Kernels.Microkernel.Threads;

/// <summary>
/// Threads in a row, first come first served, linked through their control blocks: a thread
/// stands in one queue at a time, and nothing is allocated.
/// </summary>
internal sealed class ThreadQueue
{
    private ThreadControlBlock? last;

    /// <summary>Who came first, or nobody.</summary>
    public ThreadControlBlock? First { get; private set; }

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a thread at the end; it must stand in no queue.</summary>
    public void Add(ThreadControlBlock thread)
    {
        Enter(thread);
        thread.Previous = last;
        if (last is null)
            First = thread;
        else
            last.Next = thread;
        last = thread;
    }

    /// <summary>Adds a thread at the head; it must stand in no queue.</summary>
    public void AddFirst(ThreadControlBlock thread)
    {
        Enter(thread);
        thread.Next = First;
        if (First is null)
            last = thread;
        else
            First.Previous = thread;
        First = thread;
    }

    /// <summary>Takes a thread out that stands here.</summary>
    public void Remove(ThreadControlBlock thread)
    {
        if (!ReferenceEquals(thread.Queue, this))
            throw new InvalidOperationException($"{thread} does not stand in this queue");
        if (thread.Previous is null)
            First = thread.Next;
        else
            thread.Previous.Next = thread.Next;
        if (thread.Next is null)
            last = thread.Previous;
        else
            thread.Next.Previous = thread.Previous;
        thread.Next = null;
        thread.Previous = null;
        thread.Queue = null;
        Count--;
    }

    private void Enter(ThreadControlBlock thread)
    {
        if (thread.Queue is not null)
            throw new InvalidOperationException($"{thread} stands in a queue already");
        thread.Queue = this;
        Count++;
    }
}
