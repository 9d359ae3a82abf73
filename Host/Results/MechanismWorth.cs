using System.Text.Json.Serialization;

namespace Disguise.Host.Results;

/// <summary>What one mechanism is worth between two architectures.</summary>
public sealed record MechanismWorth
{
    /// <summary>The mechanism's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is there for.</summary>
    public required string Meaning { get; init; }

    /// <summary>Its costs that were charged on the path, by name.</summary>
    public required IReadOnlyList<string> Costs { get; init; }

    /// <summary>By how many picoseconds the mean latency falls without it.</summary>
    public required WorthRange LatencyPs { get; init; }

    /// <summary>By how many operations a second the rate rises without it.</summary>
    [JsonPropertyName("operations_per_s")]
    public required WorthRange OperationsPerSecond { get; init; }
}
