namespace Disguise.Host.Experiments;

/// <summary>How often a point is repeated.</summary>
/// <param name="Seeds">Most seeds.</param>
/// <param name="UntilHalfWidth">
/// Stop when the half width of the 95 % confidence interval is this share of the mean; null for
/// all seeds.
/// </param>
public sealed record Repetition(int Seeds, decimal? UntilHalfWidth);
