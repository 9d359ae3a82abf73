namespace Disguise.Host.Results;

/// <summary>What removing something brings, over all orders of removal.</summary>
/// <param name="Mean">The mean, rounded to whole numbers so that all means add up.</param>
/// <param name="Least">The least.</param>
/// <param name="Greatest">The greatest.</param>
public sealed record WorthRange(long Mean, long Least, long Greatest);
