using System.Runtime.CompilerServices;
using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;

namespace Disguise.Actors.Islands;

/// <summary>What the dispatcher of one island delivered.</summary>
public sealed class DeliveryCounts
{
    private readonly TypeCounts internals = new();
    private readonly TypeCounts deadLetters = new();
    private readonly long[] undelivered =
        new long[Enum.GetValues<UndeliveredReason>().Length];

    private long[] crossings = new long[16];

    /// <summary>Deliveries that invoked an idle actor directly.</summary>
    public long Direct { get; internal set; }

    /// <summary>Deliveries through a mailbox.</summary>
    public long ByMailbox { get; internal set; }

    /// <summary>Deliveries of stashed messages for the second time.</summary>
    public long Redelivered { get; internal set; }

    /// <summary>All deliveries.</summary>
    public long Total => Direct + ByMailbox;

    /// <summary>All crossings.</summary>
    public long AllCrossings
    {
        get
        {
            var sum = 0L;
            foreach (var count in crossings)
                sum += count;
            return sum;
        }
    }

    /// <summary>Deliveries of internal messages by type, sorted by name.</summary>
    public IReadOnlyList<(string Name, long Count)> Internals => internals.Sorted();

    /// <summary>Messages that reached nobody, by type, sorted by name.</summary>
    public IReadOnlyList<(string Name, long Count)> DeadLetters => deadLetters.Sorted();

    /// <summary>Messages that reached nobody, by reason.</summary>
    public long Undelivered(UndeliveredReason reason) => undelivered[(int)reason];

    /// <summary>Crossings of a kind.</summary>
    public long Crossings(CrossingKind kind) =>
        kind.Index < crossings.Length ? crossings[kind.Index] : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void CountCrossing(CrossingKind kind)
    {
        if (kind.Index >= crossings.Length)
            Array.Resize(ref crossings, CrossingKind.Limit);
        crossings[kind.Index]++;
    }

    internal void CountInternal(object message)
    {
        var type = message.GetType();
        if (internals.TryCount(type))
            return;
        if (!InternalMessages.Contains(message))
        {
            throw new InvalidOperationException(
                $"{type.Name} is neither a crossing nor an internal message");
        }

        internals.Add(type);
    }

    internal void CountUndelivered(object message, UndeliveredReason reason)
    {
        undelivered[(int)reason]++;
        if (!deadLetters.TryCount(message.GetType()))
            deadLetters.Add(message.GetType());
    }

    /// <summary>A few types and their counts; a linear search beats a table here.</summary>
    private sealed class TypeCounts
    {
        private const int Limit = 256;

        private Type[] types = new Type[4];
        private long[] counts = new long[4];
        private int count;

        public bool TryCount(Type type)
        {
            for (var index = 0; index < count; index++)
            {
                if (ReferenceEquals(types[index], type))
                {
                    counts[index]++;
                    return true;
                }
            }

            return false;
        }

        public void Add(Type type)
        {
            if (count == Limit)
                throw new InvalidOperationException($"more than {Limit} types of message");
            if (count == types.Length)
            {
                Array.Resize(ref types, count * 2);
                Array.Resize(ref counts, count * 2);
            }

            types[count] = type;
            counts[count++] = 1;
        }

        public List<(string Name, long Count)> Sorted()
        {
            var list = new List<(string Name, long Count)>();
            for (var index = 0; index < count; index++)
                list.Add((types[index].Name, counts[index]));
            list.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
            return list;
        }
    }
}
