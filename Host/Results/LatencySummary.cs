namespace Disguise.Host.Results;

/// <summary>
/// Latency in microseconds. The mean and the maximum are exact; percentiles are the histogram's,
/// to three significant digits. All are null when nothing was measured.
/// </summary>
public sealed record LatencySummary
{
    /// <summary>No measurement at all.</summary>
    public static LatencySummary NotMeasured { get; } = new();

    /// <summary>The arithmetic mean.</summary>
    public double? Mean { get; init; }

    /// <summary>The median.</summary>
    public double? P50 { get; init; }

    /// <summary>The 90th percentile.</summary>
    public double? P90 { get; init; }

    /// <summary>The 99th percentile.</summary>
    public double? P99 { get; init; }

    /// <summary>The 99.9th percentile.</summary>
    public double? P999 { get; init; }

    /// <summary>The largest value.</summary>
    public double? Max { get; init; }
}
