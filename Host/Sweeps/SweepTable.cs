using System.Globalization;
using Disguise.Host.Results;

namespace Disguise.Host.Sweeps;

/// <summary>The points of a sweep for a terminal, at most 100 columns wide.</summary>
internal static class SweepTable
{
    private const int SettingsWidth = 34;
    private const int ArchitectureWidth = 12;

    public static void Write(TextWriter writer, ExperimentResult result)
    {
        var points = result.Points!;
        var names = AxisNames.Of(points.SelectMany(point => point.Settings.Keys).Distinct());
        writer.Write(
            $"{result.Experiment}: seed {result.Seed}, {points.Count} cells, "
            + $"{points.Sum(point => point.N)} runs, {ResultText.Number(result.WallSeconds)} s"
            + (result.Status == "complete" ? "\n" : $", {result.Status}\n"));
        foreach (var line in TextLines.Wrap(result.StopRule!, ResultTable.Columns))
            writer.Write(line + "\n");
        writer.Write('\n');
        Line(
            writer, "point", "architecture", "n", "operations/s", "+- 95 %", "us", "us p99", "");
        foreach (var point in points)
        {
            Line(
                writer, AxisNames.Print(point.Settings, names), point.Architecture,
                point.N.ToString(CultureInfo.InvariantCulture), ResultText.Number(point.Mean),
                Share(point), ResultText.Number(point.LatencyUsMean),
                ResultText.Number(point.LatencyUsP99), Mark(point));
        }

        foreach (var point in points.Where(point => point.NotServed > 0))
        {
            var where = AxisNames.Print(point.Settings, names);
            foreach (var line in TextLines.Wrap(
                $"{where} {point.Architecture}: {point.NotServed} tenants were refused, and the "
                + "figures are those of the others", ResultTable.Columns))
            {
                writer.Write(line + "\n");
            }
        }

        foreach (var reason in points.Select(point => point.Reason).OfType<string>().Distinct())
        {
            writer.Write('\n');
            foreach (var line in TextLines.Wrap($"refused: {reason}", ResultTable.Columns))
                writer.Write(line + "\n");
        }

        writer.Write($"\nhash   {result.Hash ?? ResultText.NotMeasured}\n");
        writer.Write($"rerun  {result.Rerun}\n");
    }

    private static string Share(PointResult point) =>
        point is { HalfWidth95: { } half, Mean: > 0 }
            ? (half / point.Mean.Value * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %"
            : ResultText.Number(point.HalfWidth95);

    /// <summary>Marks what has not the width that was asked for.</summary>
    private static string Mark(PointResult point) => point.Stopped switch
    {
        PointResult.SeedsRanOut => " wide",
        PointResult.Interrupted => " part",
        PointResult.Refused => " refused",
        _ => "",
    };

    private static void Line(
        TextWriter writer, string settings, string architecture, string count, string mean,
        string half, string latency, string tail, string mark) =>
        writer.Write((
            TextLines.Fit(settings, SettingsWidth).PadRight(SettingsWidth)
            + ' ' + TextLines.Fit(architecture, ArchitectureWidth).PadRight(ArchitectureWidth)
            + count.PadLeft(4) + mean.PadLeft(13) + half.PadLeft(10) + latency.PadLeft(9)
            + tail.PadLeft(9) + mark).TrimEnd() + "\n");
}
