using System.Text.Json.Serialization;

namespace Disguise.Host.Results;

/// <summary>
/// One point of a sweep under one architecture: operations a second over its repeats.
/// </summary>
public sealed record PointResult
{
    /// <summary>Enough repeats: the interval is as narrow as was asked for.</summary>
    public const string NarrowEnough = "narrow-enough";

    /// <summary>The seeds ran out.</summary>
    public const string SeedsRanOut = "seeds-ran-out";

    /// <summary>All the seeds that were asked for have run; no width was.</summary>
    public const string AllSeeds = "all-seeds";

    /// <summary>Interrupted before it was enough.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>The platform cannot run the architecture; <see cref="Reason"/> says why.
    /// </summary>
    public const string Refused = "refused";

    /// <summary>The value of each axis, as the experiment writes it.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The architecture's name.</summary>
    public required string Architecture { get; init; }

    /// <summary>Repeats, each with a seed of its own.</summary>
    public required int N { get; init; }

    /// <summary>Mean operations a second; null of no repeat.</summary>
    public double? Mean { get; init; }

    /// <summary>
    /// Half the width of the mean's 95 % confidence interval by Student's t; null of fewer than
    /// two repeats.
    /// </summary>
    [JsonPropertyName("half_width_95")]
    public double? HalfWidth95 { get; init; }

    /// <summary>Mean over the repeats of their mean latency, microseconds.</summary>
    public double? LatencyUsMean { get; init; }

    /// <summary>Mean over the repeats of their 99th percentile, microseconds.</summary>
    public double? LatencyUsP99 { get; init; }

    /// <summary>
    /// Tenants that were refused in a repeat, at most: the figures are those of the others.
    /// </summary>
    public int NotServed { get; init; }

    /// <summary>Why there are no more repeats: one of the constants.</summary>
    public required string Stopped { get; init; }

    /// <summary>Why it was refused; null where it was not.</summary>
    public string? Reason { get; init; }
}
