using System.Runtime.CompilerServices;

namespace Disguise.Hardware.Nic.Filters;

/// <summary>
/// All predicates of a <see cref="FilterTable"/> that share one mask: a hash table from the masked
/// fields, with open addressing, linear probing and at most half its places taken.
/// </summary>
internal sealed class FilterTuple(in PacketFields mask, ulong seed)
{
    private const int FirstPlaces = 8;

    private Place[] places = new Place[FirstPlaces];

    /// <summary>The bits that every predicate here compares.</summary>
    public readonly PacketFields Mask = mask;

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
        Place[] table = places;
        int last = table.Length - 1;
        PacketFields key = fields & Mask;
        int at = (int)Hash(key) & last;
        while (true)
        {
            ref Place place = ref table[at];
            if (place.Sequence == 0)
            {
                return;
            }

            if (place.Sequence > sequence && place.Key == key)
            {
                sequence = place.Sequence;
                filter = place.Filter;
                target = place.Target;
            }

            at = (at + 1) & last;
        }
    }

    /// <summary>Where a filter's predicate with this key stands, or -1.</summary>
    public int IndexOf(in PacketFields key, int filter)
    {
        int last = places.Length - 1;
        for (int at = (int)Hash(key) & last; places[at].Sequence != 0; at = (at + 1) & last)
        {
            if (places[at].Filter == filter && places[at].Key == key)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Adds a predicate; the caller has looked that it is new.</summary>
    public void Add(in PacketFields key, long sequence, int filter, int target)
    {
        if ((Count + 1) * 2 > places.Length)
        {
            Grow();
        }

        Put(new Place { Key = key, Sequence = sequence, Filter = filter, Target = target });
        Count++;
        NewestSequence = sequence;
    }

    /// <summary>
    /// Empties a place and moves the ones behind it back, so that no search stops short of them.
    /// </summary>
    public void RemoveAt(int hole)
    {
        int last = places.Length - 1;
        for (int at = (hole + 1) & last; places[at].Sequence != 0; at = (at + 1) & last)
        {
            int home = (int)Hash(places[at].Key) & last;
            if (((at - home) & last) >= ((at - hole) & last))
            {
                places[hole] = places[at];
                hole = at;
            }
        }

        places[hole] = default;
        Count--;
    }

    private void Grow()
    {
        Place[] before = places;
        places = new Place[before.Length * 2];
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
        int last = places.Length - 1;
        int at = (int)Hash(added.Key) & last;
        while (places[at].Sequence != 0)
        {
            at = (at + 1) & last;
        }

        places[at] = added;
    }

    // Two folded 64 x 64 multiplications, as in wyhash. The seed keeps whoever chooses ports and
    // peers from choosing collisions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Hash(in PacketFields key)
    {
        ulong high = Math.BigMul(
            key.Word0 ^ seed, key.Word1 ^ 0x9e3779b97f4a7c15, out ulong low);
        ulong upper = Math.BigMul(
            key.Word2 ^ 0xd6e8feb86659fd93, (key.Word3 ^ seed) + (high ^ low), out ulong lower);
        return upper ^ lower;
    }

    private struct Place
    {
        public PacketFields Key;
        public long Sequence;
        public int Filter;
        public int Target;
    }
}
