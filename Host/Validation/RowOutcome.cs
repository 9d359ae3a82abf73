namespace Disguise.Host.Validation;

/// <summary>A row with what was emulated beside it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Experiment">The experiment that its value comes from; null for none.</param>
/// <param name="Verdict">What came out.</param>
/// <param name="Emulated">The emulated value; for a shape 1 if it holds, else 0.</param>
/// <param name="Low">The lower end of a band.</param>
/// <param name="High">The upper end of a band.</param>
/// <param name="Reason">What of a shape does not hold, or why there is no value; else null.
/// </param>
public sealed record RowOutcome(
    SuiteRow Row, string? Experiment, RowVerdict Verdict, double? Emulated, double? Low,
    double? High, string? Reason)
{
    /// <summary>What its runs did that bears on it, where it is not met.</summary>
    public IReadOnlyList<string> Seen { get; init; } = [];

    /// <summary>Emulated over printed; null where either is missing or nothing is printed.
    /// </summary>
    public double? Ratio => Row.Paper is > 0 ? Emulated / Row.Paper : null;
}
