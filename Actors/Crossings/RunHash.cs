using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Disguise.Actors.Crossings;

/// <summary>
/// The hash of a run: at each hash interval of virtual time, SHA-256 over the previous hash and
/// the digests of all islands in island order; over the previous hash alone when nothing was
/// recorded in the interval. The interval hashes are kept, so that the first interval in which
/// two runs differ can be found.
/// </summary>
public sealed class RunHash
{
    /// <summary>Most interval hashes that are kept: every 2^k-th when there are more.</summary>
    public const int KeptLimit = 1 << 16;

    private readonly List<byte[]> intervals = [];
    private byte[] current = new byte[SHA256.HashSizeInBytes];

    /// <summary>Makes the hash of a run that has not begun.</summary>
    public RunHash(long intervalPs) => IntervalPs = intervalPs;

    /// <summary>Virtual time of one interval.</summary>
    public long IntervalPs { get; }

    /// <summary>Intervals between two kept hashes; doubles when too many are kept.</summary>
    public int KeptEvery { get; private set; } = 1;

    /// <summary>Intervals closed.</summary>
    public long Count { get; private set; }

    /// <summary>The kept hashes: entry i closes interval (i + 1) x <see cref="KeptEvery"/>.
    /// </summary>
    public IReadOnlyList<byte[]> Kept => intervals;

    /// <summary>The hash so far, 32 bytes.</summary>
    public ReadOnlySpan<byte> Current => current;

    /// <summary>The hash so far, 64 lower-case hexadecimal digits.</summary>
    public string Text => Convert.ToHexStringLower(current);

    /// <summary>
    /// Finds by bisection the first interval in which two runs differ, as finely as both have
    /// kept it; nothing when the hashes are equal. Each hash covers all before it, so that runs
    /// which differ in one interval differ in all later ones.
    /// </summary>
    /// <exception cref="ArgumentException">The two were made with unlike intervals.</exception>
    public static HashDifference? FirstDifference(RunHash left, RunHash right)
    {
        if (left.IntervalPs != right.IntervalPs)
            throw new ArgumentException("hashes of unlike intervals cannot be compared");
        var every = Math.Max(left.KeptEvery, right.KeptEvery);
        var common = Math.Min(left.Count, right.Count) / every;
        var equal = 0L;
        var unequal = common + 1;
        while (equal + 1 < unequal)
        {
            var middle = (equal + unequal) / 2;
            if (left.At(middle * every).SequenceEqual(right.At(middle * every)))
                equal = middle;
            else
                unequal = middle;
        }

        if (unequal <= common)
            return new HashDifference(left.Ps(equal * every), left.Ps(unequal * every));
        if (left.Count == right.Count && left.current.AsSpan().SequenceEqual(right.current))
            return null;
        return new HashDifference(
            left.Ps(equal * every), left.Ps(Math.Max(left.Count, right.Count)));
    }

    /// <summary>Closes an interval with the islands' digests in island order.</summary>
    public void Close(ReadOnlySpan<UInt128> digests)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(current);
        Span<byte> bytes = stackalloc byte[16];
        foreach (var digest in digests)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(bytes, digest);
            hash.AppendData(bytes);
        }

        Keep(hash.GetHashAndReset());
    }

    /// <summary>Closes an interval in which nothing was recorded.</summary>
    public void CloseQuiet() => Keep(SHA256.HashData(current));

    private void Keep(byte[] hash)
    {
        current = hash;
        Count++;
        if (Count % KeptEvery == 0)
            intervals.Add(current);
        if (intervals.Count > KeptLimit)
            KeepHalf();
    }

    private byte[] At(long interval) => intervals[(int)(interval / KeptEvery) - 1];

    private long Ps(long interval) => interval * IntervalPs;

    private void KeepHalf()
    {
        var kept = intervals.Where((_, index) => index % 2 == 1).ToList();
        intervals.Clear();
        intervals.AddRange(kept);
        KeptEvery *= 2;
    }
}
