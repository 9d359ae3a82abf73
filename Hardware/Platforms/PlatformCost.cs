using Disguise.Actors.Ledgers;

namespace Disguise.Hardware.Platforms;

/// <summary>One line of a platform file: a cost with where its value comes from.</summary>
/// <param name="Key">What it pays for.</param>
/// <param name="CostPs">Picoseconds a count.</param>
/// <param name="IsAssumed">Whether no source prints it.</param>
/// <param name="Source">Where it comes from, or what was assumed.</param>
public readonly record struct PlatformCost(
    CostKey Key, long CostPs, bool IsAssumed, string Source);
