using Disguise.Host.Results;

namespace Disguise.Host.Experiments.Expectations;

/// <summary>A number made of a result's numbers: result paths, numbers and + - * / ( ).</summary>
public sealed class Quantity
{
    /// <summary>What a quantity looks like.</summary>
    public const string Form =
        "result paths, numbers, + - * / and ( ), such as \"arrakis.operations_per_s / 1000\"";

    private readonly Formula formula;

    private Quantity(string text, ExpectationParser parser)
    {
        Text = text;
        formula = parser.ParseQuantity();
        Paths = parser.Paths;
    }

    /// <summary>The quantity as written.</summary>
    public string Text { get; }

    /// <summary>Result paths in it, in the order written.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Reads a quantity.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Quantity Parse(string text) => new(text, new ExpectationParser(text));

    /// <summary>
    /// Its value; null where a path was not measured, or where it has no finite value.
    /// </summary>
    /// <param name="valueOf">Gives what a path leads to.</param>
    public double? Evaluate(Func<string, ResultValue> valueOf)
    {
        var values = new Dictionary<string, double>();
        foreach (var path in Paths)
        {
            if (valueOf(path).Number is not { } number)
                return null;
            values[path] = number;
        }

        var value = formula.Evaluate(path => values[path]);
        return double.IsFinite(value) ? value : null;
    }
}
