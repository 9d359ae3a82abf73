using System.Globalization;
using Disguise.Host.Results;

namespace Disguise.Host.Ablations;

/// <summary>A crossover for a terminal, 100 columns wide, the nearest first.</summary>
internal static class CrossoverTable
{
    public static void Write(TextWriter writer, ExperimentResult result, string circumstances)
    {
        var crossover = result.Crossover!;
        writer.Write(
            $"{result.Experiment}: {crossover.FromName} "
            + $"{ResultText.Number(crossover.FromOperationsPerSecond)} operations/s, "
            + $"{crossover.ToName} {ResultText.Number(crossover.ToOperationsPerSecond)}\n");
        var explanation = "How far one cost must move before the two trade places in "
            + $"operations/s, by {crossover.Runs} runs with factors from 0 to "
            + $"{ResultText.Number(crossover.GreatestFactor)}.";
        foreach (var line in TextLines.Wrap(circumstances, ResultTable.Columns)
            .Concat(TextLines.Wrap(explanation, ResultTable.Columns)))
            writer.Write(line + "\n");
        writer.Write('\n');
        Line(writer, "cost", "source", "now (ns)", "from/op", "to/op", "factor");
        foreach (var row in crossover.Rows)
        {
            Line(
                writer, row.Cost, row.Source,
                (row.CostPs / 1000m).ToString("#,0.###", CultureInfo.InvariantCulture),
                Count(row.FromPerOperation), Count(row.ToPerOperation), FactorOf(row));
        }

        writer.Write($"\nrerun  {result.Rerun}\n");
    }

    /// <summary>The factor in words: where it does not turn, what was tried.</summary>
    public static string FactorOf(CrossoverRow row) => row switch
    {
        { Factor: { } factor } => ResultText.Number(factor),
        { TriedFactor: { } tried } => $"never, run to {ResultText.Number(tried)}",
        _ => "never, by its counts",
    };

    private static string Count(double? count) => count is null ? "device"
        : ResultText.Number(count);

    private static void Line(
        TextWriter writer, string cost, string source, string now, string from, string to,
        string factor) =>
        writer.Write((
            TextLines.Fit(cost, 28).PadRight(28) + ' ' + source.PadRight(9) + now.PadLeft(10)
            + from.PadLeft(11) + to.PadLeft(11) + "  " + factor).TrimEnd() + "\n");
}
