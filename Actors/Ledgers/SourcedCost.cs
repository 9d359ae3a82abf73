namespace Disguise.Actors.Ledgers;

/// <summary>A cost's value with where it comes from.</summary>
/// <param name="Key">What it pays for.</param>
/// <param name="CostPs">Picoseconds a count.</param>
/// <param name="IsAssumed">Whether no source prints it.</param>
/// <param name="Source">Where it comes from, or what was assumed.</param>
public readonly record struct SourcedCost(
    CostKey Key, long CostPs, bool IsAssumed, string Source);
