using System.Text.Json.Serialization;

namespace Disguise.Host.Results;

/// <summary>What it takes for two architectures to trade places.</summary>
public sealed record CrossoverResult
{
    /// <summary>One side.</summary>
    public required string FromName { get; init; }

    /// <summary>The other side.</summary>
    public required string ToName { get; init; }

    /// <summary>Operations a second of the first side as it is.</summary>
    [JsonPropertyName("from_operations_per_s")]
    public required double FromOperationsPerSecond { get; init; }

    /// <summary>Operations a second of the second side as it is.</summary>
    [JsonPropertyName("to_operations_per_s")]
    public required double ToOperationsPerSecond { get; init; }

    /// <summary>The greatest factor that is tried; the least is 0.</summary>
    public required double GreatestFactor { get; init; }

    /// <summary>The primitives, that which must move least first.</summary>
    public required IReadOnlyList<CrossoverRow> Rows { get; init; }

    /// <summary>Runs that were made.</summary>
    public required long Runs { get; init; }
}
