using System.Text.Json.Serialization;

namespace Disguise.Host.Results;

/// <summary>The two measures of an ablation, in whole numbers so that sums are exact.</summary>
/// <param name="LatencyPs">Mean latency as the clients saw it, picoseconds.</param>
/// <param name="OperationsPerSecond">Operations a second of virtual time.</param>
public sealed record AblationValues(
    long LatencyPs,
    [property: JsonPropertyName("operations_per_s")] long OperationsPerSecond);
