using Disguise.Actors.Time;
using Disguise.Hardware.Wire;

namespace Disguise.LibOS.Clients;

/// <summary>What the clients of a load group do; one object serves them all.</summary>
public sealed record UdpLoadSettings
{
    /// <summary>Most requests that a client has outstanding.</summary>
    public const int OutstandingLimit = 65_536;

    /// <summary>The group's number, for <see cref="ILatencySink"/>.</summary>
    public int Group { get; init; }

    /// <summary>Clients in the group.</summary>
    public required int ClientCount { get; init; }

    /// <summary>Where requests may go; one at least.</summary>
    public required IReadOnlyList<TargetEndpoint> Targets { get; init; }

    /// <summary>Which target a request goes to.</summary>
    public TargetRule Rule { get; init; }

    /// <summary>The distribution over the targets, for <see cref="TargetRule.Zipf"/>.</summary>
    public ZipfDistribution? Zipf { get; init; }

    /// <summary>Bytes of payload, 0 to 1,472.</summary>
    public required int PayloadBytes { get; init; }

    /// <summary>Closed loop: requests under way per client. 0 for an open loop.</summary>
    public int Outstanding { get; init; }

    /// <summary>Open loop: mean time between two requests of the whole group. 0 for a closed
    /// loop.</summary>
    public long GroupIntervalPs { get; init; }

    /// <summary>Open loop: whether requests come evenly; otherwise as a Poisson process.</summary>
    public bool EvenArrivals { get; init; }

    /// <summary>After this time a request counts as lost.</summary>
    public long TimeoutPs { get; init; } = 10 * Picoseconds.PerMillisecond;

    /// <summary>Takes latencies when set.</summary>
    public ILatencySink? Latencies { get; init; }

    /// <summary>Throws <see cref="ArgumentException"/> where settings contradict.</summary>
    public void Check()
    {
        var isLoop = Outstanding is > 0 and <= OutstandingLimit ^ GroupIntervalPs > 0;
        if (!isLoop || Targets.Count == 0 || ClientCount < 1 || TimeoutPs < 1
            || Outstanding < 0 || GroupIntervalPs < 0
            || PayloadBytes < 0 || PayloadBytes > FrameBuilder.MaximumPayloadBytes
            || (Rule == TargetRule.Zipf) != (Zipf is not null)
            || (Zipf is not null && Zipf.Count != Targets.Count))
            throw new ArgumentException($"load settings contradict: {this}");
    }
}
