namespace Disguise.Host.Results;

/// <summary>Calls of the control plane: a key for each kind that occurred.</summary>
public sealed record ControlPlaneResult
{
    /// <summary>No call at all.</summary>
    public static ControlPlaneResult None { get; } = new();

    /// <summary>Calls by kind, refused ones included.</summary>
    public IReadOnlyDictionary<string, long> Calls { get; init; } =
        new Dictionary<string, long>();

    /// <summary>Latency by kind, in microseconds.</summary>
    public IReadOnlyDictionary<string, LatencySummary> LatencyUs { get; init; } =
        new Dictionary<string, LatencySummary>();

    /// <summary>Refused calls by kind.</summary>
    public IReadOnlyDictionary<string, long> Refused { get; init; } =
        new Dictionary<string, long>();
}
