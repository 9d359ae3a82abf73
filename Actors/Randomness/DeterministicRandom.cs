using System.Numerics;
using Disguise.Actors.Crossings;

namespace Disguise.Actors.Randomness;

/// <summary>
/// Seeded randomness: xoshiro256++ (Blackman and Vigna 2021), seeded by splitmix64. Each
/// component forks its own by name, so that a draw more in one does not shift the others.
/// </summary>
public sealed class DeterministicRandom
{
    private readonly ulong seed;
    private ulong state0;
    private ulong state1;
    private ulong state2;
    private ulong state3;

    /// <summary>Makes a source from a seed.</summary>
    public DeterministicRandom(ulong seed)
    {
        this.seed = seed;
        var mixer = seed;
        state0 = SplitMix(ref mixer);
        state1 = SplitMix(ref mixer);
        state2 = SplitMix(ref mixer);
        state3 = SplitMix(ref mixer);
    }

    /// <summary>A source of its own for a component; independent of draws made so far.</summary>
    public DeterministicRandom Fork(string component) =>
        new(Digest.Of(seed, Digest.OfText(component)));

    /// <summary>A source of its own for the component of a number.</summary>
    public DeterministicRandom Fork(int index) => new(Digest.Of(seed, (ulong)(uint)index + 1));

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(state0 + state3, 23) + state0;
        var shifted = state1 << 17;
        state2 ^= state0;
        state3 ^= state1;
        state1 ^= state2;
        state0 ^= state3;
        state2 ^= shifted;
        state3 = BitOperations.RotateLeft(state3, 45);
        return result;
    }

    /// <summary>Uniform in [0, limit), without bias (Lemire 2019).</summary>
    public ulong Below(ulong limit)
    {
        ArgumentOutOfRangeException.ThrowIfZero(limit);
        var high = Math.BigMul(Next(), limit, out var low);
        if (low < limit)
        {
            var threshold = (0 - limit) % limit;
            while (low < threshold)
                high = Math.BigMul(Next(), limit, out low);
        }

        return high;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Exponential with a mean in picoseconds, rounded down, at least 0.</summary>
    public long NextExponentialPs(long meanPs) =>
        (long)(-NaturalLogarithm.Of(1.0 - NextUnit()) * meanPs);

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
