using System.Numerics;
using System.Runtime.CompilerServices;

namespace Disguise.Hardware.Nic.Filters;

/// <summary>
/// All predicates of a <see cref="FilterTable"/> that share one mask: a hash table from the masked
/// fields with open addressing. Places stand in groups of eight, and one word holds a tag of eight
/// bits for each of them, so that a frame that matches nothing here, the usual case in all tables
/// but one, costs one load and two branches that are nearly always foretold. At most half the
/// places are taken.
/// </summary>
internal sealed class FilterTuple
{
    private const int GroupSize = 8;
    private const ulong Ones = 0x0101_0101_0101_0101;
    private const ulong Highs = Ones << 7;

    // Tags have their high bit set. A removed place keeps searches going that once ran past it.
    private const byte EmptyTag = 0;
    private const byte RemovedTag = 1;

    private readonly ulong secret0;
    private readonly ulong secret1;
    private readonly ulong secret2;
    private readonly ulong secret3;
    private ulong[] groups = new ulong[1];
    private Place[] places = new Place[GroupSize];
    private int removed;

    /// <summary>A table without predicates.</summary>
    public FilterTuple(in PacketFields mask, ulong seed)
    {
        Mask = mask;
        secret0 = Mixed(seed, 1);
        secret1 = Mixed(seed, 2);
        secret2 = Mixed(seed, 3);
        secret3 = Mixed(seed, 4);
    }

    /// <summary>The bits that every predicate here compares.</summary>
    public readonly PacketFields Mask;

    /// <summary>The highest sequence number ever inserted here.</summary>
    public long NewestSequence;

    /// <summary>How many predicates stand here.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The newest predicate here with these masked fields, if it is newer than
    /// <paramref name="sequence"/>; then the three arguments take its numbers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FindNewer(in PacketFields fields, ref long sequence, ref int filter, ref int target)
    {
        ulong[] tags = groups;
        int last = tags.Length - 1;
        PacketFields key = fields & Mask;
        ulong hash = Hash(key);
        for (int group = (int)hash & last; ; group = (group + 1) & last)
        {
            ulong word = tags[group];
            for (ulong found = Equal(word, TagOf(hash)); found != 0; found &= found - 1)
            {
                ref Place place = ref places[(group * GroupSize) + First(found)];
                if (place.Sequence > sequence && place.Key == key)
                {
                    sequence = place.Sequence;
                    filter = place.Filter;
                    target = place.Target;
                }
            }

            if (Equal(word, EmptyTag) != 0)
            {
                return;
            }
        }
    }

    /// <summary>Where a filter's predicate with this key stands, or -1.</summary>
    public int IndexOf(in PacketFields key, int filter)
    {
        int last = groups.Length - 1;
        ulong hash = Hash(key);
        for (int group = (int)hash & last; ; group = (group + 1) & last)
        {
            for (int at = group * GroupSize; at < (group + 1) * GroupSize; at++)
            {
                // A free place has sequence 0, and a key and filter that mean nothing.
                ref Place place = ref places[at];
                if (place.Sequence != 0 && place.Filter == filter && place.Key == key)
                {
                    return at;
                }
            }

            if (Equal(groups[group], EmptyTag) != 0)
            {
                return -1;
            }
        }
    }

    /// <summary>Adds a predicate; the caller has looked that it is new.</summary>
    public void Add(in PacketFields key, long sequence, int filter, int target)
    {
        if ((Count + removed + 1) * 2 > places.Length)
        {
            Rebuild();
        }

        Put(new Place { Key = key, Sequence = sequence, Filter = filter, Target = target });
        Count++;
        NewestSequence = sequence;
    }

    /// <summary>
    /// Frees a place. A group that has an empty place was never full, so no search ever ran past
    /// it; only in a full group must the place be marked.
    /// </summary>
    public void RemoveAt(int at)
    {
        bool wasFull = Equal(groups[at / GroupSize], EmptyTag) == 0;
        SetTag(at, wasFull ? RemovedTag : EmptyTag);
        removed += wasFull ? 1 : 0;
        places[at] = default;
        Count--;
    }

    // Doubles, unless dropping the marks of removed places makes room enough.
    private void Rebuild()
    {
        Place[] before = places;
        int length = Count * 4 >= before.Length ? before.Length * 2 : before.Length;
        places = new Place[length];
        groups = new ulong[length / GroupSize];
        removed = 0;
        foreach (ref Place place in before.AsSpan())
        {
            if (place.Sequence != 0)
            {
                Put(place);
            }
        }
    }

    private void Put(in Place added)
    {
        int last = groups.Length - 1;
        ulong hash = Hash(added.Key);
        int group = (int)hash & last;
        while ((~groups[group] & Highs) == 0)
        {
            group = (group + 1) & last;
        }

        int at = (group * GroupSize) + First(~groups[group] & Highs);
        removed -= (byte)(groups[group] >> (at % GroupSize * 8)) == RemovedTag ? 1 : 0;
        SetTag(at, TagOf(hash));
        places[at] = added;
    }

    private void SetTag(int at, byte tag)
    {
        int shift = at % GroupSize * 8;
        ref ulong word = ref groups[at / GroupSize];
        word = (word & ~(0xffUL << shift)) | ((ulong)tag << shift);
    }

    // The high bit of each byte that equals the tag; above such a byte, also of some that do not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Equal(ulong word, byte tag)
    {
        ulong difference = word ^ (Ones * tag);
        return (difference - Ones) & ~difference & Highs;
    }

    private static int First(ulong highs) => BitOperations.TrailingZeroCount(highs) / 8;

    private static byte TagOf(ulong hash) => (byte)((hash >> 56) | 0x80);

    // Folded 64 x 64 multiplications, as in wyhash. The secrets keep whoever chooses ports and
    // peers from choosing collisions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Hash(in PacketFields key)
    {
        ulong high = Math.BigMul(key.Word0 ^ secret0, key.Word1 ^ secret1, out ulong low);
        ulong upper = Math.BigMul(key.Word2 ^ secret2, key.Word3 ^ secret3, out ulong lower);
        return high ^ low ^ BitOperations.RotateLeft(upper ^ lower, 23);
    }

    // The finaliser of SplitMix64.
    private static ulong Mixed(ulong seed, ulong number)
    {
        ulong mixed = seed + (number * 0x9e3779b97f4a7c15);
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }

    private struct Place
    {
        public PacketFields Key;
        public long Sequence;
        public int Filter;
        public int Target;
    }
}
