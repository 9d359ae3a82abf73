namespace Disguise.Host.Experiments.Addresses;

/// <summary>
/// The generator SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
/// OOPSLA 2014): the same draws for the same seed, everywhere.
/// </summary>
public sealed class SplitMix64(ulong seed)
{
    private ulong state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>
    /// A number below a bound, all alike (Lemire: Fast Random Integer Generation in an Interval,
    /// 2019, with rejection).
    /// </summary>
    public ulong Below(ulong bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        var threshold = (0 - bound) % bound;
        while (true)
        {
            var product = (UInt128)Next() * bound;
            if ((ulong)product >= threshold)
                return (ulong)(product >> 64);
        }
    }

    /// <summary>
    /// Chooses <paramref name="wanted"/> items without replacement, each set alike, and keeps
    /// their order (Knuth, The Art of Computer Programming 2, section 3.4.2, Algorithm S).
    /// </summary>
    public List<T> Choose<T>(IReadOnlyList<T> items, int wanted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted, items.Count);
        var chosen = new List<T>(wanted);
        for (var item = 0; item < items.Count && chosen.Count < wanted; item++)
        {
            if (Below((ulong)(items.Count - item)) < (ulong)(wanted - chosen.Count))
                chosen.Add(items[item]);
        }

        return chosen;
    }
}
