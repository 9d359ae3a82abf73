using System.Text.Json.Serialization;

namespace Disguise.Host.Results;

/// <summary>One tenant of a group.</summary>
public sealed record TenantResult
{
    /// <summary>The tenant's address: <c>server.echo[3]</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Operations that clients saw this tenant complete.</summary>
    public long? Operations { get; init; }

    /// <summary>Operations a second of virtual time.</summary>
    [JsonPropertyName("operations_per_s")]
    public double? OperationsPerSecond { get; init; }

    /// <summary>
    /// Latency as this tenant's clients saw it, percentiles to two significant digits; null unless
    /// recorded by tenant.
    /// </summary>
    public LatencySummary LatencyUs { get; init; } = LatencySummary.NotMeasured;
}
