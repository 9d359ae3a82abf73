namespace Disguise.Host.Sweeps;

/// <summary>
/// A mean with its 95 % confidence interval by Student's t, for independent repeats whose
/// distribution is close to normal.
/// </summary>
/// <param name="Count">Repeats.</param>
/// <param name="Mean">Their arithmetic mean; null of none.</param>
/// <param name="HalfWidth">Half the interval's width; null of fewer than two repeats.</param>
public readonly record struct MeanInterval(int Count, double? Mean, double? HalfWidth)
{
    /// <summary>Fewest repeats that have an interval.</summary>
    public const int FewestRepeats = 2;

    private const double UpperProbability = 0.975;

    /// <summary>The interval of some repeats, which are summed in the order given.</summary>
    public static MeanInterval Of(IReadOnlyList<double> repeats)
    {
        if (repeats.Count == 0)
            return new MeanInterval(0, null, null);
        var mean = repeats.Sum() / repeats.Count;
        if (repeats.Count < FewestRepeats)
            return new MeanInterval(repeats.Count, mean, null);
        var degrees = repeats.Count - 1;
        var variance = repeats.Sum(value => (value - mean) * (value - mean)) / degrees;
        var halfWidth = StudentT.Quantile(UpperProbability, degrees)
            * Math.Sqrt(variance / repeats.Count);
        return new MeanInterval(repeats.Count, mean, halfWidth);
    }

    /// <summary>
    /// Whether the half width is at most a share of the mean; never without an interval.
    /// </summary>
    public bool IsWithin(decimal share) =>
        HalfWidth is { } half && Mean is { } mean && half <= (double)share * Math.Abs(mean);
}
