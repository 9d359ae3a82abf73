namespace Disguise.Hardware.Nic.Filters;

/// <summary>
/// Classifies frames among many predicates in a time that does not grow with their number:
/// tuple-space search (Srinivasan, Suri, Varghese, SIGCOMM 1999), one hash table for each distinct
/// mask. Filters have no priority; where two overlap, the one installed last has the frame.
/// Classifying allocates nothing. What a table answers depends on the order of insertions and
/// removals only, never on the seed.
/// </summary>
public sealed class FilterTable
{
    /// <summary>How many different masks a table can hold; each costs one probe a frame.</summary>
    public const int MaskLimit = 32;

    /// <summary>The target of a frame that no predicate matches.</summary>
    public const int NoTarget = -1;

    private readonly FilterTuple[] tuples = new FilterTuple[MaskLimit];
    private readonly ulong seed;
    private long sequence;

    /// <summary>An empty table.</summary>
    /// <param name="capacity">How many predicates it can hold, 1 and more.</param>
    /// <param name="seed">Seeds the hashes, against chosen collisions.</param>
    public FilterTable(int capacity, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
        this.seed = seed;
    }

    /// <summary>How many predicates the table can hold.</summary>
    public int Capacity { get; }

    /// <summary>How many predicates it holds.</summary>
    public int Count { get; private set; }

    /// <summary>How many different masks they have.</summary>
    public int MaskCount { get; private set; }

    /// <summary>
    /// Installs a predicate of a filter. One filter may have several; the same predicate may
    /// stand under several filters.
    /// </summary>
    /// <param name="predicate">What to match.</param>
    /// <param name="filter">The filter's number, given back by a match.</param>
    /// <param name="target">Where matching frames go, for instance a queue's number.</param>
    public FilterTableResult Insert(in FilterPredicate predicate, int filter, int target)
    {
        int at = TupleOf(predicate.Mask);
        if (at >= 0 && tuples[at].IndexOf(predicate.Value, filter) >= 0)
        {
            return FilterTableResult.AlreadyThere;
        }

        if (Count == Capacity)
        {
            return FilterTableResult.TableFull;
        }

        if (at < 0)
        {
            if (MaskCount == MaskLimit)
            {
                return FilterTableResult.TooManyMasks;
            }

            at = MaskCount++;
            tuples[at] = new FilterTuple(predicate.Mask, seed);
        }

        // The tuple with the newest predicate stands first: a search ends at the first tuple in
        // which nothing can be newer than what it has found.
        FilterTuple tuple = tuples[at];
        Array.Copy(tuples, 0, tuples, 1, at);
        tuples[0] = tuple;
        tuple.Add(predicate.Value, ++sequence, filter, target);
        Count++;
        return FilterTableResult.Inserted;
    }

    /// <summary>Removes a filter's predicate; false if it is not there.</summary>
    public bool Remove(in FilterPredicate predicate, int filter)
    {
        int at = TupleOf(predicate.Mask);
        int place = at < 0 ? -1 : tuples[at].IndexOf(predicate.Value, filter);
        if (place < 0)
        {
            return false;
        }

        tuples[at].RemoveAt(place);
        Count--;
        if (tuples[at].Count == 0)
        {
            Array.Copy(tuples, at + 1, tuples, at, MaskCount - at - 1);
            tuples[--MaskCount] = null!;
        }

        return true;
    }

    /// <summary>The target of a frame, or <see cref="NoTarget"/>.</summary>
    public int Classify(in PacketFields fields) =>
        TryClassify(fields, out _, out int target) ? target : NoTarget;

    /// <summary>The filter and the target of a frame; false if no predicate matches.</summary>
    public bool TryClassify(in PacketFields fields, out int filter, out int target)
    {
        long newest = 0;
        filter = -1;
        target = NoTarget;
        foreach (FilterTuple tuple in tuples.AsSpan(0, MaskCount))
        {
            if (tuple.NewestSequence <= newest)
            {
                break;
            }

            tuple.FindNewer(fields, ref newest, ref filter, ref target);
        }

        return newest != 0;
    }

    private int TupleOf(in PacketFields mask)
    {
        for (int at = 0; at < MaskCount; at++)
        {
            if (tuples[at].Mask == mask)
            {
                return at;
            }
        }

        return -1;
    }
}
