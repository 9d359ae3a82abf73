namespace Disguise.Host.Reports;

/// <summary>A rate over an interval.</summary>
/// <param name="FromUs">Where it begins, in microseconds from a revocation's order.</param>
/// <param name="UntilUs">Where it ends.</param>
/// <param name="Rate">Operations a second; null where not measured.</param>
internal readonly record struct RateStep(double FromUs, double UntilUs, double? Rate);
