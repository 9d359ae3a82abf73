using System.Globalization;
using Disguise.Host.Results;

namespace Disguise.Host.Ablations;

/// <summary>An ablation for a terminal: from one side down to the other, 100 columns wide.
/// </summary>
internal static class AblationTable
{
    private const int LabelWidth = 18;

    public static void Write(TextWriter writer, ExperimentResult result, string circumstances)
    {
        var ablation = result.Ablation!;
        writer.Write($"{result.Experiment}: {ablation.FromName} -> {ablation.ToName}\n");
        foreach (var line in TextLines.Wrap(circumstances, ResultTable.Columns))
            writer.Write(line + "\n");
        var explanation = "Removing a mechanism sets its costs to zero on the first side. Mean, "
            + $"least and greatest over all {ablation.Orders} orders of removal "
            + $"({ablation.Subsets.Count} runs and one).";
        foreach (var line in TextLines.Wrap(explanation, ResultTable.Columns))
            writer.Write(line + "\n");
        writer.Write('\n');
        Line(writer, "", "latency (ns)", "least", "greatest", "operations/s", "least",
            "greatest");
        Total(writer, ablation.FromName, ablation.From);
        foreach (var mechanism in ablation.Mechanisms)
        {
            Line(
                writer, $"- {mechanism.Name}", Fall(mechanism.LatencyPs.Mean),
                Fall(mechanism.LatencyPs.Least), Fall(mechanism.LatencyPs.Greatest),
                Rise(mechanism.OperationsPerSecond.Mean),
                Rise(mechanism.OperationsPerSecond.Least),
                Rise(mechanism.OperationsPerSecond.Greatest));
        }

        Total(writer, "= all removed", ablation.AllRemoved);
        Line(
            writer, "- the rest", Fall(ablation.Rest.LatencyPs), "", "",
            Rise(ablation.Rest.OperationsPerSecond), "", "");
        Total(writer, $"= {ablation.ToName}", ablation.To);
        writer.Write('\n');
        foreach (var mechanism in ablation.Mechanisms)
            WriteCosts(writer, mechanism.Name, mechanism.Costs);
        WriteCosts(writer, "the rest", ablation.RestCosts);
        if (HidesAll(ablation))
        {
            const string hint = "\nNo cost of a mechanism shows: what the first side waits for "
                + "(interrupts held back, a timer, the wire) hides them. Load that saturates "
                + "says more.";
            foreach (var line in TextLines.Wrap(hint, ResultTable.Columns))
                writer.Write(line + "\n");
        }

        writer.Write($"\nrerun  {result.Rerun}\n");
    }

    /// <summary>Whether costs were charged that change nothing when they are gone.</summary>
    private static bool HidesAll(AblationResult ablation) =>
        ablation.Mechanisms.All(mechanism =>
            mechanism.LatencyPs is { Least: 0, Greatest: 0 }
            && mechanism.OperationsPerSecond is { Least: 0, Greatest: 0 })
        && ablation.Mechanisms.Any(mechanism => mechanism.Costs.Count > 0);

    private static void WriteCosts(TextWriter writer, string name, IReadOnlyList<string> costs)
    {
        var text = costs.Count == 0 ? "nothing on this path" : string.Join(", ", costs);
        var indent = new string(' ', LabelWidth);
        var label = name.PadRight(LabelWidth);
        foreach (var line in TextLines.Wrap(text, ResultTable.Columns - LabelWidth))
        {
            writer.Write($"{label}{line}\n");
            label = indent;
        }
    }

    private static void Total(TextWriter writer, string label, AblationValues values) => Line(
        writer, label, Nanoseconds(values.LatencyPs), "", "",
        Whole(values.OperationsPerSecond), "", "");

    private static void Line(
        TextWriter writer, string label, string latency, string latencyLeast,
        string latencyGreatest, string rate, string rateLeast, string rateGreatest) =>
        writer.Write((
            TextLines.Fit(label, LabelWidth).PadRight(LabelWidth)
            + latency.PadLeft(15) + latencyLeast.PadLeft(13) + latencyGreatest.PadLeft(13)
            + rate.PadLeft(15) + rateLeast.PadLeft(13) + rateGreatest.PadLeft(13))
            .TrimEnd() + "\n");

    /// <summary>Picoseconds as nanoseconds with all digits, so that a column adds up.</summary>
    public static string Nanoseconds(long timePs) => string.Create(
        CultureInfo.InvariantCulture, $"{timePs / 1000m:#,0.000}");

    private static string Whole(long number) => string.Create(
        CultureInfo.InvariantCulture, $"{number:#,0}");

    private static string Fall(long timePs) => string.Create(
        CultureInfo.InvariantCulture, $"{-timePs / 1000m:+#,0.000;-#,0.000;0}");

    private static string Rise(long perSecond) => string.Create(
        CultureInfo.InvariantCulture, $"{perSecond:+#,0;-#,0;0}");
}
