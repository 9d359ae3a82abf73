namespace Disguise.Host.Results;

/// <summary>Frames in, out, and dropped by reason.</summary>
public sealed record PacketCounts
{
    /// <summary>No measurement at all.</summary>
    public static PacketCounts NotMeasured { get; } = new();

    /// <summary>Frames sent.</summary>
    public long? Sent { get; init; }

    /// <summary>Frames received.</summary>
    public long? Received { get; init; }

    /// <summary>Frames dropped: a key for each reason that occurred.</summary>
    public IReadOnlyDictionary<string, long>? Dropped { get; init; }
}
