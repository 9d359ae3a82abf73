using System.Globalization;
using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>An axis: where a value stands between 0 and 1, and which values are marked.</summary>
public sealed class ChartScale
{
    private const int MostTicks = 6;
    private const int FewTicks = 4;

    private readonly Func<double, double> transform;
    private readonly double low;
    private readonly double high;

    private ChartScale(
        Func<double, double> transform,
        double low,
        double high,
        IReadOnlyList<(double Value, string Label)> ticks)
    {
        this.transform = transform;
        this.low = transform(low);
        this.high = transform(high);
        Ticks = ticks;
    }

    /// <summary>The marked values with their labels.</summary>
    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    /// <summary>Where a value stands: 0 at the low end, 1 at the high end.</summary>
    public double Position(double value) =>
        Math.Clamp((transform(value) - low) / (high - low), 0, 1);

    /// <summary>From 0 to a round number at or above the largest value.</summary>
    public static ChartScale Linear(double largest)
    {
        largest = largest > 0 ? largest : 1;
        var step = RoundUp(largest / (MostTicks - 1));
        var count = (int)Math.Ceiling(largest / step - 1e-9);
        return new ChartScale(
            value => value,
            0,
            count * step,
            [.. Enumerable.Range(0, count + 1).Select(i => (i * step, Compact(i * step)))]);
    }

    /// <summary>From 0 to exactly the largest value, the ticks inside it.</summary>
    public static ChartScale LinearTo(double largest)
    {
        largest = largest > 0 ? largest : 1;
        var step = RoundUp(largest / (MostTicks - 1));
        var count = (int)Math.Floor(largest / step + 1e-9);
        return new ChartScale(
            value => value,
            0,
            largest,
            [.. Enumerable.Range(0, count + 1).Select(i => (i * step, Compact(i * step)))]);
    }

    /// <summary>From one value to another, the ticks inside; few, for a narrow picture.</summary>
    public static ChartScale Between(double low, double high)
    {
        var step = RoundUp((high - low) / FewTicks);
        var first = (int)Math.Ceiling((low / step) - 1e-9);
        var last = (int)Math.Floor((high / step) + 1e-9);
        return new ChartScale(
            value => value,
            low,
            high,
            [.. Enumerable.Range(first, last - first + 1)
                .Select(i => (i * step, Compact(i * step)))]);
    }

    /// <summary>Logarithmic, between round numbers around the values; they are positive.</summary>
    public static ChartScale Logarithmic(double smallest, double largest)
    {
        var low = RoundDown(smallest);
        var high = RoundUp(Math.Max(largest, low * 1.01));
        var ticks = new List<(double, string)>();
        for (var value = low; value <= high * 1.0001; value = RoundUp(value * 1.01))
        {
            ticks.Add((value, Compact(value)));
        }

        // Where 1, 2 and 5 of each decade are too many, the decades alone are marked.
        if (ticks.Count > MostTicks + 2)
        {
            ticks.RemoveAll(tick => Math.Abs(Math.Log10(tick.Item1) % 1) is > 0.01 and < 0.99);
        }

        return new ChartScale(Math.Log10, low, high, ticks);
    }

    /// <summary>
    /// Percentiles as shares from 0, each further nine as wide as the one before: the tail is
    /// where systems differ.
    /// </summary>
    public static ChartScale Percentiles(int nines)
    {
        var high = 1 - Math.Pow(10, -nines);
        (double, string)[] ticks =
            [(0, "0"), (0.5, "50"), (0.9, "90"), (0.99, "99"), (0.999, "99.9"),
                (0.9999, "99.99"), (0.99999, "99.999"), (0.999999, "99.9999")];
        return new ChartScale(
            share => -Math.Log10(1 - Math.Min(share, high)),
            0,
            high,
            [.. ticks.Where(tick => tick.Item1 <= high + 1e-12)]);
    }

    /// <summary>A number short enough for an axis: 2.5 M.</summary>
    public static string Compact(double value) => Math.Abs(value) switch
    {
        >= 1e9 => (value / 1e9).ToString("0.##", CultureInfo.InvariantCulture) + " G",
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M",
        >= 1e4 => (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + " k",
        _ => ResultText.Number(Math.Round(value, 9)),
    };

    private static double RoundUp(double value) => RoundNumbers(value)
        .First(round => round >= value * 0.999999);

    private static double RoundDown(double value) => RoundNumbers(value)
        .Last(round => round <= value * 1.000001);

    private static double[] RoundNumbers(double value)
    {
        var decade = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return [decade / 2, decade, decade * 2, decade * 5, decade * 10, decade * 20];
    }
}
