namespace Disguise.Actors.Time;

/// <summary>Virtual time: a 64-bit count of picoseconds from the start of the experiment.</summary>
public static class Picoseconds
{
    /// <summary>Picoseconds in one nanosecond.</summary>
    public const long PerNanosecond = 1_000;

    /// <summary>Picoseconds in one microsecond.</summary>
    public const long PerMicrosecond = 1_000_000;

    /// <summary>Picoseconds in one millisecond.</summary>
    public const long PerMillisecond = 1_000_000_000;

    /// <summary>Picoseconds in one second.</summary>
    public const long PerSecond = 1_000_000_000_000;

    /// <summary>A time that is never reached.</summary>
    public const long Never = long.MaxValue;

    /// <summary>
    /// Time that <paramref name="bits"/> take at a rate, rounded up to a picosecond.
    /// </summary>
    public static long ToSerialise(long bits, long bitsPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bits);
        ArgumentOutOfRangeException.ThrowIfLessThan(bitsPerSecond, 1);
        var numerator = (UInt128)(ulong)bits * (ulong)PerSecond;
        var divisor = (UInt128)(ulong)bitsPerSecond;
        return checked((long)((numerator + divisor - 1) / divisor));
    }

    /// <summary>Writes a time in the largest unit that keeps three digits: <c>450 ns</c>.</summary>
    public static string Format(long timePs) => Math.Abs(timePs) switch
    {
        >= PerSecond => $"{timePs / (double)PerSecond:0.###} s",
        >= PerMillisecond => $"{timePs / (double)PerMillisecond:0.###} ms",
        >= PerMicrosecond => $"{timePs / (double)PerMicrosecond:0.###} us",
        >= PerNanosecond => $"{timePs / (double)PerNanosecond:0.###} ns",
        _ => $"{timePs} ps",
    };
}
