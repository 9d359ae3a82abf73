using Disguise.Host.Results;

namespace Disguise.Host.Experiments.Expectations;

/// <summary>How a checked expectation came out.</summary>
/// <param name="Expect">The expectation as written.</param>
/// <param name="Left">Its left side; null if it has no finite value.</param>
/// <param name="Right">Its right side; null if it has no finite value.</param>
/// <param name="Holds">Whether it holds; null if it could not be checked.</param>
/// <param name="Reason">
/// Why it could not be checked, or fails without two values; else null.
/// </param>
public sealed record ExpectationOutcome(
    string Expect,
    double? Left,
    double? Right,
    bool? Holds,
    string? Reason
)
{
    /// <summary>The check as <c>result.json</c> holds it.</summary>
    public CheckResult ToCheckResult() =>
        new()
        {
            Expect = Expect,
            Left = Left,
            Right = Right,
            Holds = Holds,
            Reason = Reason,
        };
}
