using Disguise.Actors.Time;

namespace Disguise.Actors.Islands;

/// <summary>How an emulation runs. Only the seed changes what happens in it.</summary>
public sealed record EmulationOptions
{
    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Worker threads, 1 and up.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Virtual time between two cryptographic hashes.</summary>
    public long HashIntervalPs { get; init; } = 100 * Picoseconds.PerMicrosecond;

    /// <summary>Cuts each window to this fraction of what the lookahead allows.</summary>
    public int WindowDivisor { get; init; } = 1;

    /// <summary>Delivers each batch in a shuffled order, drawn from this seed.</summary>
    public ulong? ShuffleSeed { get; init; }

    /// <summary>How islands are made; the seed here is replaced by <see cref="Seed"/>.</summary>
    public IslandOptions Islands { get; init; } = new();
}
