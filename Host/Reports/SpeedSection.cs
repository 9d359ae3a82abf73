using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>Throughput and latency.</summary>
internal static class SpeedSection
{
    private const int MostNines = 6;
    private const double ShortestShownUs = 1e-6;

    public static void Write(ReportPage page, ReportData data) =>
        page.Section("Throughput and latency", () =>
        {
            var runs = data.Result.Runs;

            // The bars and the table stand beside the taller charts where there is the place.
            page.Html.Open("div", ("class", "first"));
            page.Html.Open("div", ("class", "lead-in"));
            page.Figure(
                "Operations a second of virtual time, as the clients counted them.",
                () => Throughput(page, runs));
            page.Comparison(
                "Throughput and latency as the clients saw them.",
                runs,
                [.. ResultRows.Circumstances(runs, runs), .. ResultRows.Speed(runs),
                    .. ResultRows.Groups(runs)]);
            page.Html.Close("div").Open("div", ("class", "rest"));
            var names = data.Runs
                .SelectMany(run => run.Distributions)
                .Where(distribution => distribution.Buckets.Count > 0)
                .Select(distribution => distribution.Name)
                .Distinct();
            foreach (var name in names)
            {
                page.Figure(
                    $"Latency by percentile, {(name == "all" ? "all clients" : name)}; "
                        + "both axes grow by factors.",
                    () => Latency(page, data, name));
            }

            page.Html.Close("div").Close("div");
        });

    private static void Throughput(ReportPage page, IReadOnlyList<RunResult> runs) =>
        BarChart.Draw(
            page.Html,
            "Operations a second by architecture",
            string.Join("; ", runs.Select(run =>
                $"{run.Architecture} {ResultText.Number(run.OperationsPerSecond)}")),
            ChartScale.Linear(runs.Max(run => run.OperationsPerSecond ?? 0)),
            [.. runs.Select((run, index) => new Bar(
                run.Architecture,
                [(ReportPage.Series(index), run.OperationsPerSecond ?? 0)],
                run.OperationsPerSecond is { } perSecond
                    ? ChartScale.Compact(Math.Round(perSecond))
                    : "–"))]);

    private static void Latency(ReportPage page, ReportData data, string name)
    {
        var distributions = data.Runs
            .Select((run, index) => (
                run.Architecture,
                Index: index,
                run.Distributions.FirstOrDefault(found => found.Name == name)?.Buckets))
            .Where(run => run.Buckets is { Count: > 0 })
            .ToArray();
        var most = distributions.Max(run => run.Buckets!.Sum(bucket => bucket.Count));
        var nines = Math.Clamp((int)Math.Floor(Math.Log10(most)), 1, MostNines);
        var shortest = distributions.Min(run => ToShown(run.Buckets![0].UpToPs));
        var longest = distributions.Max(run => ToShown(run.Buckets![^1].UpToPs));
        page.Legend(data.Result.Runs);
        LineChart.Draw(
            page.Html,
            $"Latency by percentile, {name}",
            "The table below has the percentiles in numbers.",
            (ChartScale.Percentiles(nines), "percentile"),
            (ChartScale.Logarithmic(shortest, longest), "latency (us)"),
            [.. distributions.Select(run =>
                new ChartLine(run.Architecture, run.Index, Points(run.Buckets!, nines)))]);
    }

    /// <summary>
    /// The steps of the inverse distribution, thinned: buckets that would stand on the same
    /// fiftieth of a nine are one point.
    /// </summary>
    private static List<(double X, double? Y)> Points(
        IReadOnlyList<LatencyBucket> buckets, int nines)
    {
        const double resolution = 50;
        var total = buckets.Sum(bucket => bucket.Count);
        var points = new List<(double X, double? Y)> { (0, ToShown(buckets[0].UpToPs)) };
        var seen = 0L;
        var drawn = 0L;
        foreach (var bucket in buckets)
        {
            seen += bucket.Count;
            var share = seen / (double)total;
            var place = (long)(-Math.Log10(Math.Max(1 - share, 1e-9)) * resolution);
            if (place > drawn || seen == total)
            {
                drawn = place;
                points.Add((share, ToShown(bucket.UpToPs)));
                if (place > nines * resolution)
                {
                    break;
                }
            }
        }

        return points;
    }

    /// <summary>In microseconds; the axis has no place for 0, so that 1 ps is the least.</summary>
    private static double ToShown(long timePs) =>
        Math.Max(Rates.ToMicroseconds(timePs), ShortestShownUs);
}
