using System.Text.Json.Serialization;

namespace Disguise.Host.Results;

/// <summary>How far one primitive cost must move before two architectures trade places.</summary>
public sealed record CrossoverRow
{
    /// <summary>The cost's name.</summary>
    public required string Cost { get; init; }

    /// <summary>Which file gives it: <c>platform</c> or <c>profile</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Its value now: picoseconds, of one count.</summary>
    public required long CostPs { get; init; }

    /// <summary>Counts an operation on the first side; null where devices do not count.</summary>
    public double? FromPerOperation { get; init; }

    /// <summary>Counts an operation on the second side; null where devices do not count.</summary>
    public double? ToPerOperation { get; init; }

    /// <summary>
    /// The factor at which the order of the two turns, to one per cent; null where it does not.
    /// </summary>
    public double? Factor { get; init; }

    /// <summary>
    /// The farthest factor that was run where it does not turn; null where none was run, as the
    /// counts leave no way to close the gap.
    /// </summary>
    public double? TriedFactor { get; init; }

    /// <summary>Operations a second of the first side at that factor.</summary>
    [JsonPropertyName("from_operations_per_s")]
    public double? FromOperationsPerSecond { get; init; }

    /// <summary>Operations a second of the second side at that factor.</summary>
    [JsonPropertyName("to_operations_per_s")]
    public double? ToOperationsPerSecond { get; init; }
}
