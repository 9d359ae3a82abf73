using System.Globalization;
using Disguise.Host.Experiments;
using Disguise.Host.Reports;
using Disguise.Host.Results;

namespace Disguise.Host.Sweeps;

/// <summary>The page of a sweep: charts over its first axis, and a table of all points.</summary>
internal static class SweepReport
{
    /// <summary>Most charts: one for each choice of values of the axes beyond the first.</summary>
    private const int MostCharts = 12;

    public static string Render(ExperimentResult result, Experiment experiment)
    {
        var names = AxisNames.Of(experiment.Sweep.Select(axis => axis.Path));
        return Report.Document($"{result.Experiment}, sweep, seed {result.Seed}", page =>
        {
            Head(result, experiment).Write(page);
            page.Section("Operations a second", () => Charts(page, result, experiment, names));
            page.Section("All points", () => Table(page, result, names));
            page.Section("The experiment, and how to repeat it", () =>
            {
                page.Html.Element("pre", experiment.EffectiveYaml.TrimEnd(), ("tabindex", "0"));
                page.Html.Element("pre", result.Rerun, ("tabindex", "0"));
            });
        });
    }

    private static StudyHeader Head(ExperimentResult result, Experiment experiment) => new(
        $"{result.Experiment}, swept",
        $"{result.Points!.Sum(point => point.N)} runs: {result.StopRule}.",
        [
            ("status", result.Status),
            ("seed", result.Seed.ToString(CultureInfo.InvariantCulture)),
            ("platform", experiment.Platform),
            ("profile", experiment.Profile),
            ("points", ResultText.Number(result.Points!.Count)),
            ("wall time", $"{ResultText.Number(result.WallSeconds)} s"),
        ],
        result.Rerun, result.Hash);

    private static void Charts(
        ReportPage page, ExperimentResult result, Experiment experiment,
        IReadOnlyDictionary<string, string> names)
    {
        if (experiment.Sweep.Count == 0)
        {
            page.Paragraph("One point, repeated.");
            return;
        }

        var charts = result.Points!
            .GroupBy(point => AxisNames.Print(point.Settings.Skip(1), names))
            .ToList();
        page.Html.Open("div", ("class", "figures"));
        foreach (var chart in charts.Take(MostCharts))
            Chart(page, experiment.Sweep[0], names, chart.Key, [.. chart]);
        page.Html.Close("div");
        if (charts.Count > MostCharts)
        {
            page.Paragraph(
                $"{charts.Count - MostCharts} more choices of the other settings stand in the "
                + "table alone.");
        }
    }

    private static void Chart(
        ReportPage page, SweepAxis axis, IReadOnlyDictionary<string, string> names, string others,
        IReadOnlyList<PointResult> points)
    {
        var name = names[axis.Path];
        var caption = $"Operations a second over {name}"
            + (others.Length == 0 ? "" : $", with {others}")
            + "; the strokes are 95 % confidence intervals.";
        var architectures = points.Select(point => point.Architecture).Distinct().ToList();
        page.Figure(caption, () =>
        {
            Svg.Legend(page.Html, architectures.Select((architecture, index) =>
                (architecture, ReportPage.Series(index))));
            if (AxisValue.Parse(axis.Values) is { } numbers)
                Lines(page, axis, name, numbers, architectures, points);
            else
                Bars(page, axis, name, architectures, points);
        });
    }

    private static void Lines(
        ReportPage page, SweepAxis axis, string name,
        (string Unit, IReadOnlyList<double> Values) numbers, List<string> architectures,
        IReadOnlyList<PointResult> points)
    {
        double Place(PointResult point) =>
            numbers.Values[axis.Values.ToList().IndexOf(point.Settings[axis.Path])];

        var lines = architectures.Select((architecture, index) =>
        {
            var own = points.Where(point => point.Architecture == architecture)
                .OrderBy(Place).ToList();
            return new ChartLine(
                architecture, index, [.. own.Select(point => (Place(point), point.Mean))])
            {
                Whiskers = [.. own
                    .Where(point => point.HalfWidth95 > 0)
                    .Select(point => (Place(point), Low(point), High(point)))],
            };
        });
        LineChart.Draw(
            page.Html, $"Operations a second over {name}", "The table below has the numbers.",
            (ChartScale.LinearTo(numbers.Values.Max()),
                numbers.Unit.Length == 0 ? name : $"{name} ({numbers.Unit})"),
            (ChartScale.Linear(points.Max(High)), "operations/s"), [.. lines]);
    }

    private static void Bars(
        ReportPage page, SweepAxis axis, string name, List<string> architectures,
        IReadOnlyList<PointResult> points)
    {
        var bars = axis.Values.SelectMany(value => points
            .Where(point => point.Settings[axis.Path] == value)
            .Select(point => new Bar(
                value,
                [(ReportPage.Series(architectures.IndexOf(point.Architecture)), point.Mean ?? 0)],
                point.Mean is { } mean ? ChartScale.Compact(Math.Round(mean)) : "–")));
        BarChart.Draw(
            page.Html, $"Operations a second by {name}", "The table below has the numbers.",
            ChartScale.Linear(points.Max(point => point.Mean ?? 0)), [.. bars]);
    }

    private static double Low(PointResult point) =>
        Math.Max(0, (point.Mean ?? 0) - (point.HalfWidth95 ?? 0));

    private static double High(PointResult point) =>
        (point.Mean ?? 0) + (point.HalfWidth95 ?? 0);

    private static void Table(
        ReportPage page, ExperimentResult result, IReadOnlyDictionary<string, string> names) =>
        page.Table(
            "Each point under each architecture; every run is in sweep.csv.",
            [
                "point", "architecture", "#n", "#operations/s", "#± (95 %)", "#mean (us)",
                "#p99 (us)", "stopped",
            ],
            () =>
            {
                foreach (var point in result.Points!)
                {
                    page.Html.Open("tr");
                    var settings = AxisNames.Print(point.Settings, names);
                    page.Html.Element("th", settings, ("scope", "row"));
                    page.Html.Element("td", point.Architecture);
                    foreach (var number in new[]
                    {
                        point.N, point.Mean, point.HalfWidth95, point.LatencyUsMean,
                        point.LatencyUsP99,
                    })
                    {
                        page.Html.Element(
                            "td", ReportPage.Dash(ResultText.Number(number)), ("class", "number"));
                    }

                    page.Html.Element("td", point.Reason ?? point.Stopped);
                    page.Html.Close("tr");
                }
            });
}
