using System.Globalization;

namespace Disguise.Host.Experiments;

/// <summary>
/// Reads and prints quantities as an experiment file writes them. Every value is exact: a decimal
/// number times its unit must be a whole number of picoseconds, bits per second or bytes.
/// </summary>
public static class Units
{
    /// <summary>What a time looks like.</summary>
    public const string Time = "a number with ps, ns, us, ms, s or min, such as 5us";

    /// <summary>What a bit rate looks like.</summary>
    public const string BitRate = "a number with Kbps, Mbps or Gbps, such as 10Gbps";

    /// <summary>What a rate of events looks like.</summary>
    public const string EventRate = "a number with /s, such as 100000/s";

    /// <summary>What a size looks like.</summary>
    public const string Size = "bytes, or a number with KiB, MiB or GiB, such as 4GiB";

    /// <summary>What a ratio looks like.</summary>
    public const string Ratio = "a number from 0 to 1, or a percentage, such as 1%";

    /// <summary>Most digits of a number, so that no arithmetic here rounds.</summary>
    private const int MostDigits = 18;

    private static readonly (string Unit, long Factor)[] TimeUnits =
    [
        ("min", 60_000_000_000_000),
        ("ms", 1_000_000_000),
        ("us", 1_000_000),
        ("ns", 1_000),
        ("ps", 1),
        ("s", 1_000_000_000_000),
    ];

    private static readonly (string Unit, long Factor)[] BitRateUnits =
    [
        ("Gbps", 1_000_000_000),
        ("Mbps", 1_000_000),
        ("Kbps", 1_000),
    ];

    private static readonly (string Unit, long Factor)[] SizeUnits =
    [
        ("GiB", 1L << 30),
        ("MiB", 1L << 20),
        ("KiB", 1L << 10),
        ("", 1),
    ];

    /// <summary>Reads a time in picoseconds; a unit is needed.</summary>
    public static bool TryTime(string text, out long timePs) =>
        TryScaled(text, TimeUnits, out timePs);

    /// <summary>Reads a rate in bits per second; a unit is needed.</summary>
    public static bool TryBitRate(string text, out long bitsPerSecond) =>
        TryScaled(text, BitRateUnits, out bitsPerSecond);

    /// <summary>Reads a size in bytes; a unit is optional.</summary>
    public static bool TrySize(string text, out long sizeBytes) =>
        TryScaled(text, SizeUnits, out sizeBytes);

    /// <summary>Reads events a second; <c>/s</c> is needed.</summary>
    public static bool TryEventRate(string text, out decimal perSecond)
    {
        perSecond = 0;
        return text.EndsWith("/s", StringComparison.Ordinal)
            && TryNumber(text[..^2], out perSecond);
    }

    /// <summary>Reads 0.01 or 1%, both as 0.01; from 0 to 1.</summary>
    public static bool TryRatio(string text, out decimal ratio)
    {
        var percent = text.EndsWith('%');
        if (!TryNumber(percent ? text[..^1] : text, out ratio))
            return false;
        if (percent)
            ratio /= 100;
        return ratio <= 1;
    }

    /// <summary>Reads a decimal number without sign or exponent, of 18 digits at most.</summary>
    public static bool TryNumber(string text, out decimal number)
    {
        number = 0;
        var digits = 0;
        var points = 0;
        foreach (var character in text)
        {
            if (character == '.')
                points++;
            else if (char.IsAsciiDigit(character))
                digits++;
            else
                return false;
        }

        return digits is > 0 and <= MostDigits
            && points <= 1
            && text[0] != '.'
            && text[^1] != '.'
            && decimal.TryParse(
                text,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out number
            );
    }

    /// <summary>
    /// Writes a time so that it reads back exactly, in the largest unit that is whole.
    /// </summary>
    public static string PrintTime(long timePs) =>
        Print(
            timePs,
            [("min", TimeUnits[0].Factor), ("s", TimeUnits[5].Factor), .. TimeUnits[1..5]]
        );

    /// <summary>Writes a bit rate so that it reads back exactly.</summary>
    public static string PrintBitRate(long bitsPerSecond)
    {
        if (bitsPerSecond % 1_000 == 0)
            return Print(bitsPerSecond, BitRateUnits);
        return (bitsPerSecond / 1000m).ToString(CultureInfo.InvariantCulture) + "Kbps";
    }

    /// <summary>Writes a size so that it reads back exactly.</summary>
    public static string PrintSize(long sizeBytes) => Print(sizeBytes, SizeUnits);

    private static string Print(long value, ReadOnlySpan<(string Unit, long Factor)> units)
    {
        foreach (var (unit, factor) in units)
        {
            if (value % factor == 0 && value != 0)
                return (value / factor).ToString(CultureInfo.InvariantCulture) + unit;
        }

        return "0" + units[^1].Unit;
    }

    private static bool TryScaled(string text, (string Unit, long Factor)[] units, out long value)
    {
        value = 0;
        foreach (var (unit, factor) in units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal))
                continue;
            if (!TryNumber(text[..^unit.Length].TrimEnd(' '), out var number))
                continue;
            if (number > long.MaxValue / (decimal)factor)
                return false;
            var scaled = number * factor;
            if (scaled != decimal.Truncate(scaled))
                return false;
            value = (long)scaled;
            return true;
        }

        return false;
    }
}
