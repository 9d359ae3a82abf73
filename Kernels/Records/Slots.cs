using System.Runtime.InteropServices;

namespace Disguise.Kernels.Records;

/// <summary>
/// A kernel table: records of one type in numbered slots that are reused, the one freed last first.
/// The records lie in arrays of 64, so that a small machine's table is small and a large one's has
/// no slack. Which slot comes next depends on the history of calls only.
/// </summary>
internal sealed class Slots<T>
    where T : unmanaged
{
    private const int ChunkShift = 6;
    private const int ChunkSize = 1 << ChunkShift;
    private const int InUse = -2;
    private const int End = -1;

    private readonly int limit;
    private T[][] records = [];
    private int[][] links = [];
    private int firstFree = End;
    private int used;

    /// <summary>An empty table of at most <paramref name="limit"/> records.</summary>
    public Slots(int limit) => this.limit = limit;

    /// <summary>How many slots are in use.</summary>
    public int Count { get; private set; }

    /// <summary>One more than the highest slot that was ever in use.</summary>
    public int HighWater => used;

    /// <summary>The record in a slot that is in use; any other is a broken invariant.</summary>
    public ref T this[int slot]
    {
        get
        {
            if (!IsInUse(slot))
            {
                throw new InvalidOperationException($"No {typeof(T).Name} in slot {slot}.");
            }

            return ref records[slot >> ChunkShift][slot & (ChunkSize - 1)];
        }
    }

    /// <summary>Whether a slot, any number, holds a record.</summary>
    public bool IsInUse(int slot) =>
        (uint)slot < (uint)used && links[slot >> ChunkShift][slot & (ChunkSize - 1)] == InUse;

    /// <summary>What a free slot was left with; the default if it was never used.</summary>
    public T Remains(int slot) =>
        (uint)slot < (uint)used ? records[slot >> ChunkShift][slot & (ChunkSize - 1)] : default;

    /// <summary>
    /// The slot that will be taken after <paramref name="ahead"/> others; -1 if the table will be
    /// full by then.
    /// </summary>
    public int Peek(int ahead)
    {
        int slot = firstFree;
        for (; slot != End; ahead--)
        {
            if (ahead == 0)
            {
                return slot;
            }

            slot = links[slot >> ChunkShift][slot & (ChunkSize - 1)];
        }

        return used + ahead < limit ? used + ahead : -1;
    }

    /// <summary>Takes the next slot, which must be the one expected.</summary>
    public ref T Take(int expected)
    {
        if (expected < 0 || Peek(0) != expected)
        {
            throw new InvalidOperationException(
                $"The next {typeof(T).Name} goes to slot {Peek(0)}, not {expected}.");
        }

        if (firstFree == expected)
        {
            firstFree = links[expected >> ChunkShift][expected & (ChunkSize - 1)];
        }
        else
        {
            Grow();
            used++;
        }

        links[expected >> ChunkShift][expected & (ChunkSize - 1)] = InUse;
        Count++;
        ref T record = ref this[expected];
        record = default;
        return ref record;
    }

    /// <summary>Frees a slot and leaves <paramref name="remains"/> in it.</summary>
    public void Release(int slot, in T remains = default)
    {
        this[slot] = remains;
        links[slot >> ChunkShift][slot & (ChunkSize - 1)] = firstFree;
        firstFree = slot;
        Count--;
    }

    /// <summary>Adds everything that decides this table's future to a digest.</summary>
    public void AddTo(ref StateDigest digest)
    {
        digest.Add(used);
        digest.Add(firstFree);
        for (int slot = 0; slot < used; slot++)
        {
            digest.Add(links[slot >> ChunkShift][slot & (ChunkSize - 1)]);
            digest.Add(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(
                in records[slot >> ChunkShift][slot & (ChunkSize - 1)])));
        }
    }

    private void Grow()
    {
        int chunk = used >> ChunkShift;
        if (chunk == records.Length)
        {
            Array.Resize(ref records, chunk + 1);
            Array.Resize(ref links, chunk + 1);
            records[chunk] = new T[ChunkSize];
            links[chunk] = new int[ChunkSize];
        }
    }
}
