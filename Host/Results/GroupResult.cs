using System.Text.Json.Serialization;

namespace Disguise.Host.Results;

/// <summary>One group of tenants, over all machines.</summary>
public sealed record GroupResult
{
    /// <summary>The group's name in the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>How many tenants it has; where they come and go, how many places.</summary>
    public required long Tenants { get; init; }

    /// <summary>Operations that clients saw this group complete, or its tenants measured.
    /// </summary>
    public long? Operations { get; init; }

    /// <summary>Operations a second of virtual time.</summary>
    [JsonPropertyName("operations_per_s")]
    public double? OperationsPerSecond { get; init; }

    /// <summary>Latency as the group's clients or its tenants saw it, in microseconds.</summary>
    public LatencySummary LatencyUs { get; init; } = LatencySummary.NotMeasured;

    /// <summary>Its tenants that came and went; null where they live through the run.</summary>
    public ChurnResult? Churn { get; init; }

    /// <summary>The tenants one by one, in the order of their index; empty when left out.</summary>
    public IReadOnlyList<TenantResult> Each { get; init; } = [];
}
