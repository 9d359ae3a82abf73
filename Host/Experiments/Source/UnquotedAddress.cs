using System.Text.RegularExpressions;

namespace Disguise.Host.Experiments.Source;

/// <summary>
/// Recognises why a document did not parse: an address such as <c>server.echo[3]</c> that stands
/// without quotes inside <c>{ }</c> or <c>[ ]</c>, where YAML takes its bracket for a list.
/// </summary>
internal static partial class UnquotedAddress
{
    /// <summary>
    /// The error for the first such address on or just before the line (from 1) at which the
    /// parser gave up; null if there is none.
    /// </summary>
    public static ExperimentError? Find(SourcePosition origin, string text, int line)
    {
        var lines = text.Split('\n');
        for (var number = Math.Min(line, lines.Length); number >= Math.Max(1, line - 1); number--)
        {
            if (Match(lines[number - 1]) is not { } address)
                continue;
            return (origin.Line == 0 ? origin : origin with { Line = number }).Error(
                $"address {address} is not quoted inside {{ }} or [ ], where YAML takes its "
                    + "bracket for a list",
                $"\"{address}\""
            );
        }

        return null;
    }

    /// <summary>
    /// The first unquoted address in a line of flow style; null if there is none.
    /// </summary>
    private static string? Match(string line)
    {
        foreach (Match match in Pattern().Matches(line))
        {
            var before = line[..match.Index];
            var quoted =
                before.Count(c => c == '"') % 2 == 1 || before.Count(c => c == '\'') % 2 == 1;
            if (!quoted && before.IndexOfAny(['{', '[', ',']) >= 0 && !before.Contains(" #"))
                return match.Value;
        }

        return null;
    }

    [GeneratedRegex(
        @"[a-z][a-z0-9.-]*\[(\d+|\*|\d+\.\.\d+)\](\.?[a-z][a-z0-9-]*(\[(\d+|\*|\d+\.\.\d+)\])?)*"
    )]
    private static partial Regex Pattern();
}
