using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Experiments;

/// <summary>Equal load generators; they cost nothing and are not under test.</summary>
public sealed record ClientGroup
{
    /// <summary>The group's name.</summary>
    public required string Name { get; init; }

    /// <summary>How many clients, in all.</summary>
    public required int Count { get; init; }

    /// <summary>What each runs.</summary>
    public required ApplicationSettings Application { get; init; }

    /// <summary>Whom they may address; empty if their application names no target.</summary>
    public required IReadOnlyList<Thing> Targets { get; init; }

    /// <summary>Which target a client, or a request, goes to.</summary>
    public required TargetChoice Choice { get; init; }

    /// <summary>Requests a second of the whole group (open loop); null for closed loop.</summary>
    public required decimal? RequestsPerSecond { get; init; }

    /// <summary>Whether an open loop's requests come evenly; else as a Poisson process.</summary>
    public required bool EvenArrivals { get; init; }
}
