using Disguise.Hardware.Captures;

namespace Disguise.LibOS.Clients;

/// <summary>What the clients of a replay group do; one object serves them all.</summary>
public sealed record PcapReplaySettings
{
    /// <summary>The frames in the order of their file.</summary>
    public required IReadOnlyList<CapturedFrame> Frames { get; init; }

    /// <summary>Times as fast as captured, above 0.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>
    /// Tenants that the packets are rewritten to; client i uses target i modulo n. Empty: frames
    /// go out as captured.
    /// </summary>
    public IReadOnlyList<TargetEndpoint> Targets { get; init; } = [];
}
