namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>What came of a call.</summary>
/// <param name="Refusal">Why it was refused, if it was.</param>
/// <param name="Value">What it gives, or 0.</param>
/// <param name="Second">What else it gives, or 0.</param>
public readonly record struct CallResult(
    ExokernelRefusal Refusal, long Value = 0, long Second = 0);
