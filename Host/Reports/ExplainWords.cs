namespace Disguise.Host.Reports;

/// <summary>Words and lines that the forms of an explained request share.</summary>
internal static class ExplainWords
{
    private static readonly string[] PartsOfEveryMachine = [".nic", ".kernel", ".core"];

    /// <summary>How long a row took, beside the critical path in parentheses.</summary>
    public static string Duration(ExplainRow row) => row.To is not null ? "→"
        : row.OnCriticalPath ? ExplainTable.Nanoseconds(row.DurationPs)
        : $"({ExplainTable.Nanoseconds(row.DurationPs)})";

    /// <summary>The latency that the client saw.</summary>
    public static string Latency(ExplainedRequest request) =>
        ExplainTable.Nanoseconds(request.LatencyPs);

    /// <summary>The longest of some texts and another.</summary>
    public static int Widest(IEnumerable<string> texts, string other) =>
        texts.Select(text => text.Length).Append(other.Length).Max();

    /// <summary>
    /// The address of the one machine that a request passes through, with its dot, which goes
    /// without saying; empty where it passes through several.
    /// </summary>
    public static string MachineOf(ExplainedRequest request)
    {
        var machines = request.Steps
            .Select(step => PartsOfEveryMachine
                .Select(part => step.Who.IndexOf(part, StringComparison.Ordinal))
                .Where(at => at > 0)
                .Select(at => step.Who[..(at + 1)])
                .FirstOrDefault())
            .OfType<string>()
            .Distinct()
            .ToArray();
        return machines.Length == 1 ? machines[0] : "";
    }

    /// <summary>An address without what goes without saying.</summary>
    public static string Without(string machine, string party) =>
        machine.Length > 0 && party.Length > machine.Length
            && party.StartsWith(machine, StringComparison.Ordinal)
            ? party[machine.Length..]
            : party;

    /// <summary>Time on the critical path by party.</summary>
    public static IReadOnlyList<string> Sums(
        ExplainedRequest request, int width, int timeWidth, string machine) =>
        [.. request.TimeByWho().Where(sum => sum.TimePs > 0).SelectMany(sum => Wrap(
            $"{ExplainTable.Nanoseconds(sum.TimePs).PadLeft(timeWidth)} "
                + Without(machine, sum.Who),
            width,
            timeWidth + 1))];

    /// <summary>The sum of the steps beside the latency that the client saw.</summary>
    public static IReadOnlyList<string> Total(ExplainedRequest request, int timeWidth)
    {
        var sumPs = request.TimeByWho().Sum(pair => pair.TimePs);
        return
        [
            $"{ExplainTable.Nanoseconds(sumPs).PadLeft(timeWidth)} sum",
            $"{Latency(request).PadLeft(timeWidth)} = latency",
        ];
    }

    /// <summary>Breaks a line at spaces, dots and hyphens; a longer word anywhere.</summary>
    public static IEnumerable<string> Wrap(string text, int width, int indent)
    {
        var margin = new string(' ', Math.Min(indent, width / 2));
        while (text.Length > width)
        {
            var space = text.LastIndexOf(' ', width);
            var mark = text.LastIndexOfAny(['.', '-'], width - 1) + 1;
            var begin = text.Length - text.TrimStart().Length;
            var end = Math.Max(space > begin ? space : 0, mark > begin ? mark : 0);
            if (end == 0)
                end = width;
            yield return text[..end].TrimEnd();
            text = margin + text[end..].TrimStart();
        }

        yield return text;
    }
}
