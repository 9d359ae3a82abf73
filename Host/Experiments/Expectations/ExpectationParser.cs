using System.Globalization;

namespace Disguise.Host.Experiments.Expectations;

/// <summary>
/// Reads <c>sum (== | != | &lt; | &lt;= | &gt; | &gt;=) sum</c> by recursive descent, with
/// <c>sum = product ((+ | -) product)*</c>, <c>product = factor ((* | /) factor)*</c> and
/// <c>factor = - factor | ( sum ) | number | path</c>. A path's words may hold a minus
/// (<c>crossings_per_operation.system-call</c>), so a subtraction needs a space before its minus.
/// </summary>
internal sealed class ExpectationParser(string text)
{
    /// <summary>Longest expectation, in characters.</summary>
    public const int MostCharacters = 2_000;

    /// <summary>Deepest nesting of parentheses and signs.</summary>
    public const int MostDepth = 50;

    private static readonly string[] Comparisons = ["==", "!=", "<=", ">=", "<", ">"];
    private readonly List<string> paths = [];
    private int at;

    /// <summary>Paths in the order met.</summary>
    public IReadOnlyList<string> Paths => paths;

    public (Formula Left, string Comparison, Formula Right) Parse()
    {
        if (text.Length > MostCharacters)
            throw new FormatException("is too long");
        var left = Sum(0);
        var comparison = Comparison();
        var right = Sum(0);
        SkipSpaces();
        if (at < text.Length)
            throw Unexpected("the end");
        return (left, comparison, right);
    }

    /// <summary>Reads one side alone: a sum, and nothing after it.</summary>
    public Formula ParseQuantity()
    {
        if (text.Length > MostCharacters)
            throw new FormatException("is too long");
        var sum = Sum(0);
        SkipSpaces();
        if (at < text.Length)
            throw Unexpected("the end");
        return sum;
    }

    private string Comparison()
    {
        SkipSpaces();
        foreach (var comparison in Comparisons)
        {
            if (!text.AsSpan(at).StartsWith(comparison))
                continue;
            at += comparison.Length;
            return comparison;
        }

        throw Unexpected("a comparison");
    }

    private Formula Sum(int depth)
    {
        var sum = Product(depth);
        while (Take('+', '-') is { } sign)
            sum = new Operation(sign, sum, Product(depth));
        return sum;
    }

    private Formula Product(int depth)
    {
        var product = Factor(depth);
        while (Take('*', '/') is { } sign)
            product = new Operation(sign, product, Factor(depth));
        return product;
    }

    private Formula Factor(int depth)
    {
        if (depth > MostDepth)
            throw new FormatException("is nested too deeply");
        if (Take('-', '-') is not null)
            return new Negation(Factor(depth + 1));
        if (Take('(', '(') is not null)
        {
            var inner = Sum(depth + 1);
            if (Take(')', ')') is null)
                throw Unexpected("a )");
            return inner;
        }

        if (at < text.Length && char.IsAsciiDigit(text[at]))
            return Number();
        if (at < text.Length && char.IsAsciiLetter(text[at]))
            return Path();
        throw Unexpected("a number or a result path");
    }

    private Constant Number()
    {
        var start = at;
        while (
            at < text.Length
            && (
                char.IsAsciiLetterOrDigit(text[at])
                || text[at] == '.'
                || (text[at] is '+' or '-' && text[at - 1] is 'e' or 'E' && text[at] != ' ')
            )
        )
            at++;
        var word = text[start..at];
        const NumberStyles style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return
            double.TryParse(word, style, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? new Constant(value)
            : throw new FormatException($"has {ExperimentError.Show(word)}, which is no number");
    }

    private ResultPath Path()
    {
        var start = at;
        while (at < text.Length && IsInPath())
            at++;
        var path = text[start..at];
        if (path.EndsWith('.') || path.Contains("..") || path.Contains(".["))
            throw new FormatException($"has {ExperimentError.Show(path)}, which is no result path");
        paths.Add(path);
        return new ResultPath(path);
    }

    private bool IsInPath() =>
        text[at] switch
        {
            '.' or '_' => true,
            '-' => at + 1 < text.Length
                && char.IsAsciiLetter(text[at + 1])
                && text[at - 1] is not '.',
            '[' => TakeIndex(),
            _ => char.IsAsciiLetterOrDigit(text[at]),
        };

    /// <summary>Moves to the closing bracket of <c>[12]</c>.</summary>
    private bool TakeIndex()
    {
        var end = at + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        if (end == at + 1 || end >= text.Length || text[end] != ']')
            throw Unexpected("an index as in [0]");
        at = end;
        return true;
    }

    private char? Take(char one, char other)
    {
        SkipSpaces();
        if (at >= text.Length || (text[at] != one && text[at] != other))
            return null;
        return text[at++];
    }

    private void SkipSpaces()
    {
        while (at < text.Length && (text[at] is ' ' or '\t' or '\n'))
            at++;
    }

    private FormatException Unexpected(string wanted) =>
        new(
            at >= text.Length
                ? $"ends where {wanted} was expected"
                : $"has {ExperimentError.Show(text[at..])} where {wanted} was expected"
        );
}
