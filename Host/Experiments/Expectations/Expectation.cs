using Disguise.Host.Results;

namespace Disguise.Host.Experiments.Expectations;

/// <summary>
/// A claim about a result, such as
/// <c>arrakis.operations_per_s / monolithic.operations_per_s > 1</c>: two formulas over result
/// paths and a comparison. Nothing in the emulator reads it but the check after the run.
/// </summary>
public sealed class Expectation
{
    /// <summary>What an expectation looks like.</summary>
    public const string Form =
        "result paths, numbers, + - * / ( ) and one of == != < <= > >=, such as "
        + "\"arrakis.latency_us.p99 < 10\"";

    private readonly Formula left;
    private readonly Formula right;
    private readonly string comparison;

    private Expectation(string text, ExpectationParser parser)
    {
        Text = text;
        (left, comparison, right) = parser.Parse();
        Paths = parser.Paths;
    }

    /// <summary>The claim as written.</summary>
    public string Text { get; }

    /// <summary>Result paths in it, in the order written.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Reads a claim.</summary>
    /// <exception cref="FormatException">
    /// It is none; the message goes after the word "expectation".
    /// </exception>
    public static Expectation Parse(string text) => new(text, new ExpectationParser(text));

    /// <summary>
    /// Checks the claim. It is not checked (holds null) if a path's run was not made or its value
    /// not measured; it fails if the result has no such path or a side has no finite value.
    /// </summary>
    /// <param name="valueOf">Gives what a path leads to: <see cref="ResultPaths.Find"/>.</param>
    public ExpectationOutcome Check(Func<string, ResultValue> valueOf)
    {
        var values = new Dictionary<string, double>();
        string? reason = null;
        foreach (var path in Paths)
        {
            var value = valueOf(path);
            if (value.Kind == ResultValueKind.Unknown)
                return new ExpectationOutcome(Text, null, null, false, value.Explanation);
            if (value.Number is { } number)
                values[path] = number;
            else
                reason ??= value.Explanation ?? $"{path} has no value";
        }

        if (reason is not null)
            return new ExpectationOutcome(Text, null, null, null, reason);
        var (a, b) = (left.Evaluate(path => values[path]), right.Evaluate(path => values[path]));
        if (!double.IsFinite(a) || !double.IsFinite(b))
            return new ExpectationOutcome(
                Text,
                Finite(a),
                Finite(b),
                false,
                "a side has no finite value"
            );
        return new ExpectationOutcome(Text, a, b, Compare(a, b), null);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private bool Compare(double a, double b) =>
        comparison switch
        {
            "==" => a == b,
            "!=" => a != b,
            "<" => a < b,
            "<=" => a <= b,
            ">" => a > b,
            ">=" => a >= b,
            _ => throw new InvalidOperationException($"no comparison {comparison}"),
        };
}
