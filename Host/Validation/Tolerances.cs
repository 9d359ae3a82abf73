namespace Disguise.Host.Validation;

/// <summary>How far a row may be from its paper's value.</summary>
/// <param name="Identity">For an identity, in the row's own unit.</param>
/// <param name="Absolute">For a point, as a share of the paper's value.</param>
/// <param name="Ratio">For a point that is a ratio of two systems, as a share of it.</param>
/// <param name="Band">For a band, the factor that its ends may be apart.</param>
public sealed record Tolerances(double Identity, double Absolute, double Ratio, double Band);
