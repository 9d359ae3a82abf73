using System.Text.RegularExpressions;

namespace Disguise.House.Tests.Tree;

/// <summary>What holds for the text of every file, whatever it says.</summary>
internal static partial class TextRules
{
    private const int ColumnsAtMost = 100;

    // Put together from parts, so that this file does not find itself.
    private static readonly string[] MachinePaths =
        [.. new[] { "work", "root", "tmp/brief" }.Select(folder => $"/{folder}/")];

    /// <summary>What breaks a rule, as <c>file:line: rule</c>.</summary>
    public static IEnumerable<string> Broken(SourceFile file) =>
        BrokenByFile(file).Concat(file.Lines.SelectMany((line, index) =>
            BrokenByLine(file, line).Select(rule => $"{file.Name}:{index + 1}: {rule}")));

    private static IEnumerable<string> BrokenByFile(SourceFile file)
    {
        if (file.Text.Length > 0 && !file.Text.EndsWith('\n'))
        {
            yield return $"{file.Name}: no newline at the end";
        }

        if (file.Text.EndsWith("\n\n", StringComparison.Ordinal))
        {
            yield return $"{file.Name}: an empty line at the end";
        }

        if (file.Text.Contains('\r'))
        {
            yield return $"{file.Name}: carriage returns";
        }
    }

    private static IEnumerable<string> BrokenByLine(SourceFile file, string line)
    {
        if (line.Contains('\t'))
        {
            yield return "a tab";
        }

        if (line.EndsWith(' '))
        {
            yield return "a space at the end";
        }

        if (file.IsCSharp && line.Length > ColumnsAtMost)
        {
            yield return $"{line.Length} columns";
        }

        if (file.IsCSharp && Unfinished().Match(line) is { Success: true } word)
        {
            yield return $"'{word.Value}' tells of unfinished work";
        }

        if (MachinePaths.Any(path => line.Contains(path, StringComparison.Ordinal)))
        {
            yield return "a path of one machine";
        }
    }

    [GeneratedRegex(
        @"\b(TO[D]O|FIX[M]E|HA[C]K|simplifie[d]|stu[b]|stubbe[d]|for[ ]now)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Unfinished();
}
