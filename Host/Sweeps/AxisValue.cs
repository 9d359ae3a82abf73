using Disguise.Actors.Time;
using Disguise.Host.Experiments;

namespace Disguise.Host.Sweeps;

/// <summary>The values of an axis as numbers of one unit, where they are that.</summary>
internal static class AxisValue
{
    private delegate bool Parser(string text, out double value);

    private static readonly (string Unit, Parser Parse)[] Kinds =
    [
        ("", TryPlain),
        ("us", TryMicroseconds),
        ("Mbps", TryMegabits),
        ("/s", TryRate),
        ("bytes", TryBytes),
    ];

    /// <summary>The numbers with their unit; null where one is no number, or of another unit.
    /// </summary>
    public static (string Unit, IReadOnlyList<double> Values)? Parse(
        IReadOnlyList<string> texts)
    {
        foreach (var (unit, parse) in Kinds)
        {
            var values = new List<double>();
            foreach (var text in texts)
            {
                if (!parse(text, out var value))
                    break;
                values.Add(value);
            }

            if (values.Count == texts.Count)
                return (unit, values);
        }

        return null;
    }

    private static bool TryPlain(string text, out double value)
    {
        var isNumber = Units.TryNumber(text, out var number) || Units.TryRatio(text, out number);
        value = (double)number;
        return isNumber;
    }

    private static bool TryMicroseconds(string text, out double value)
    {
        var isTime = Units.TryTime(text, out var timePs);
        value = timePs / (double)Picoseconds.PerMicrosecond;
        return isTime;
    }

    private static bool TryMegabits(string text, out double value)
    {
        var isRate = Units.TryBitRate(text, out var bitsPerSecond);
        value = bitsPerSecond / 1e6;
        return isRate;
    }

    private static bool TryRate(string text, out double value)
    {
        var isRate = Units.TryEventRate(text, out var perSecond);
        value = (double)perSecond;
        return isRate;
    }

    private static bool TryBytes(string text, out double value)
    {
        var isSize = Units.TrySize(text, out var sizeBytes);
        value = sizeBytes;
        return isSize;
    }
}
