namespace Disguise.Kernels.Monolithic.Scheduling;

/// <summary>
/// The run queue of one core: who has run least is next, by virtual runtime (Linux' completely
/// fair scheduler, Documentation/scheduler/sched-design-CFS). A binary heap; at equal runtimes
/// the lower number is first.
/// </summary>
/// <typeparam name="TTask">What runs.</typeparam>
public sealed class FairRunQueue<TTask>
    where TTask : class, IFairTask
{
    private TTask[] heap = new TTask[4];

    /// <summary>Tasks that wait for the core.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The least virtual runtime that counts, picoseconds: it never falls, and who wakes is put
    /// near it.
    /// </summary>
    public long MinimumRuntimePs { get; private set; }

    /// <summary>Who is next, or none.</summary>
    public TTask? First => Count == 0 ? null : heap[0];

    /// <summary>A task that waits, by index, in no order.</summary>
    public TTask this[int index] => index < Count ? heap[index]
        : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Adds a task; it must not wait already.</summary>
    public void Add(TTask task)
    {
        if (Count == heap.Length)
            Array.Resize(ref heap, Count * 2);
        var at = Count++;
        while (at > 0 && IsBefore(task, heap[(at - 1) / 2]))
        {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        heap[at] = task;
    }

    /// <summary>Takes who is next; there must be one.</summary>
    public TTask TakeFirst()
    {
        if (Count == 0)
            throw new InvalidOperationException("no task waits for the core");
        var first = heap[0];
        RemoveAt(0);
        return first;
    }

    /// <summary>Takes a task out. False when it did not wait.</summary>
    public bool Remove(TTask task)
    {
        for (var index = 0; index < Count; index++)
        {
            if (!ReferenceEquals(heap[index], task))
                continue;
            RemoveAt(index);
            return true;
        }

        return false;
    }

    /// <summary>Time has passed: the least runtime follows who runs and who is next.</summary>
    public void Advance(TTask? running)
    {
        var least = running?.RuntimePs ?? long.MaxValue;
        if (First is { } first)
            least = Math.Min(least, first.RuntimePs);
        if (least != long.MaxValue)
            MinimumRuntimePs = Math.Max(MinimumRuntimePs, least);
    }

    private static bool IsBefore(TTask left, TTask right) =>
        left.RuntimePs != right.RuntimePs
            ? left.RuntimePs < right.RuntimePs : left.Number < right.Number;

    private void RemoveAt(int at)
    {
        var moved = heap[--Count];
        heap[Count] = null!;
        if (at == Count)
            return;
        while (at > 0 && IsBefore(moved, heap[(at - 1) / 2]))
        {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && IsBefore(heap[child + 1], heap[child]))
                child++;
            if (!IsBefore(heap[child], moved))
                break;
            heap[at] = heap[child];
            at = child;
        }

        heap[at] = moved;
    }
}
