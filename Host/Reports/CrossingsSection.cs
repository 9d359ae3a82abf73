using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>Protection crossings an operation, and what else passes the kernel.</summary>
internal static class CrossingsSection
{
    public static void Write(ReportPage page, ExperimentResult result) =>
        page.Section("Crossings", () =>
        {
            var runs = result.Runs;
            var kinds = ResultText.Keys(runs.Select(run => run.CrossingsPerOperation))
                .Where(kind => kind != OpenCounts.TotalKey)
                .ToArray();
            page.Pair(runs.Count, () =>
            {
                if (runs.Any(run => run.CrossingsPerOperation is not null))
                {
                    page.Figure(
                        "Protection crossings an operation, by kind.",
                        () => Draw(page, runs, kinds));
                }

                page.Comparison(
                    "Crossings, register accesses and copies.", runs, ResultRows.Crossings(runs));
            });
            WriteSecureBindings(page, runs);
        });

    private static void WriteSecureBindings(ReportPage page, IReadOnlyList<RunResult> runs)
    {
        if (runs.Any(run => run.SecureBindings is not null))
        {
            page.Comparison(
                "Secure bindings: what was checked to bind, and what was used without a check.",
                runs, ResultRows.SecureBindings(runs));
        }
    }

    private static void Draw(
        ReportPage page, IReadOnlyList<RunResult> runs, IReadOnlyList<string> kinds)
    {
        Svg.Legend(page.Html, kinds.Select((kind, index) => (kind, Style(index))));
        BarChart.Draw(
            page.Html,
            "Protection crossings an operation by architecture",
            string.Join("; ", runs.Select(run => $"{run.Architecture} {Total(run)}")),
            ChartScale.Linear(runs.Max(run =>
                ResultText.Occurred(run.CrossingsPerOperation, OpenCounts.TotalKey) ?? 0)),
            [.. runs.Select(run => new Bar(
                run.Architecture,
                [.. kinds.Select((kind, index) => (
                    Style(index),
                    ResultText.Occurred(run.CrossingsPerOperation, kind) ?? 0))],
                ReportPage.Dash(Total(run))))]);
    }

    private static string Total(RunResult run) => ResultText.Number(
        ResultText.Occurred(run.CrossingsPerOperation, OpenCounts.TotalKey));

    private static string Style(int index) => $"k{index % Svg.Colours}";
}
