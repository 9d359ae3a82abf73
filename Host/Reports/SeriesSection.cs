using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>Time series, when the experiment gives an interval.</summary>
internal static class SeriesSection
{
    /// <summary>More points than this are thinned; the result holds them all.</summary>
    private const int MostPoints = 2_000;

    public static void Write(ReportPage page, ExperimentResult result)
    {
        var names = result.Runs
            .SelectMany(run => run.Series.Keys)
            .Where(name => name != RunResult.SeriesTimeKey
                && !name.StartsWith(RunResult.GroupSeriesPrefix, StringComparison.Ordinal))
            .Distinct()
            .ToArray();
        if (names.Length == 0)
        {
            return;
        }

        page.Section("Over time", () =>
        {
            page.Html.Open("div", ("class", "figures"));
            foreach (var name in names)
            {
                page.Figure(
                    $"{name} over virtual time, from the start of the measurement.",
                    () => Draw(page, result.Runs, name));
            }

            page.Html.Close("div");
        });
    }

    private static void Draw(ReportPage page, IReadOnlyList<RunResult> runs, string name)
    {
        var lines = runs
            .Select((run, index) => new ChartLine(run.Architecture, index, Points(run, name)))
            .ToArray();
        var points = lines.SelectMany(line => line.Points).ToArray();
        page.Legend(runs);
        LineChart.Draw(
            page.Html,
            $"{name} over time",
            "The numbers are in result.json under series.",
            (ChartScale.LinearTo(points.Select(point => point.X).DefaultIfEmpty().Max()),
                "virtual time (ms)"),
            (ChartScale.Linear(points.Select(point => point.Y ?? 0).DefaultIfEmpty().Max()), name),
            lines);
    }

    private static (double X, double? Y)[] Points(RunResult run, string name)
    {
        var times = run.Series.GetValueOrDefault(RunResult.SeriesTimeKey) ?? [];
        var values = run.Series.GetValueOrDefault(name) ?? [];
        var points = times
            .Zip(values)
            .Where(pair => pair.First is not null)
            .Select(pair => (pair.First!.Value / 1000, pair.Second))
            .ToArray();
        var stride = (points.Length + MostPoints - 1) / MostPoints;
        return stride <= 1 ? points : [.. points.Where((_, index) => index % stride == 0)];
    }
}
