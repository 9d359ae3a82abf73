namespace Disguise.Host.Results;

/// <summary>The answer to a lookup in a result.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Number">The number; null unless one was found.</param>
/// <param name="Explanation">One line that says why there is no number; else null.</param>
public readonly record struct ResultValue(
    ResultValueKind Kind, double? Number, string? Explanation)
{
    internal static ResultValue Of(double number) => new(ResultValueKind.Number, number, null);

    internal static ResultValue NotMeasured(string path) =>
        new(ResultValueKind.NotMeasured, null, $"'{path}' was not measured");

    internal static ResultValue RunNotMade(string architecture) => new(
        ResultValueKind.RunNotMade, null, $"the experiment was not run under '{architecture}'");

    internal static ResultValue Unknown(string explanation) =>
        new(ResultValueKind.Unknown, null, explanation);
}
