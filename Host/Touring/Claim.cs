namespace Disguise.Host.Touring;

/// <summary>A claim of the essay "Exokernel in Disguise".</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">The claim in our words.</param>
/// <param name="Experiment">The experiment that shows it, in the checkout; null while there is
/// none.</param>
public sealed record Claim(int Number, string Text, string? Experiment);
