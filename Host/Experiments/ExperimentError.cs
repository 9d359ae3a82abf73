using System.Text;

namespace Disguise.Host.Experiments;

/// <summary>
/// A mistake in what a person wrote: an experiment file, or an option on the command line. Its
/// message is one line, <c>file:line: what is wrong; allowed: ...</c>, and never more. It is
/// thrown for bad input only; a bug of ours is another type.
/// </summary>
public sealed class ExperimentError : Exception
{
    private const int LongestShown = 60;

    /// <summary>Makes the line out of its parts.</summary>
    /// <param name="where"><c>file:line</c>, or the option that was wrong.</param>
    /// <param name="what">What is wrong, in words of the reader.</param>
    /// <param name="allowed">What may stand there; null if there is nothing to list.</param>
    public ExperimentError(string where, string what, string? allowed = null)
        : base(
            OneLine(allowed is null ? $"{where}: {what}" : $"{where}: {what}; allowed: {allowed}")
        )
    {
        Where = where;
        What = what;
        Allowed = allowed;
    }

    /// <summary><c>file:line</c>, or the option.</summary>
    public string Where { get; }

    /// <summary>What is wrong.</summary>
    public string What { get; }

    /// <summary>What may stand there; null if there is nothing to list.</summary>
    public string? Allowed { get; }

    /// <summary>
    /// A user's text, short and free of control characters, to be quoted in a line.
    /// </summary>
    public static string Show(string text) =>
        OneLine(
            text.Length <= LongestShown ? text : string.Concat(text.AsSpan(0, LongestShown), "...")
        );

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var character in text)
            line.Append(
                char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character
            );
        return line.ToString();
    }
}
