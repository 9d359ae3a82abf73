using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>Frames on wires, and the control plane's calls.</summary>
internal static class PacketsSection
{
    public static void Write(ReportPage page, ExperimentResult result) =>
        page.Section("Packets and control plane", () =>
        {
            page.Comparison(
                "Frames, and the dropped ones by reason.",
                result.Runs,
                ResultRows.Packets(result.Runs));
            if (result.Runs.Any(run => run.ControlPlane.Calls.Count > 0))
            {
                WriteCalls(page, result.Runs);
            }
        });

    private static void WriteCalls(ReportPage page, IReadOnlyList<RunResult> runs) =>
        page.Table(
            "Calls of the control plane.",
            ["architecture", "call", "#count", "#refused", "#p50 (us)", "#p99 (us)", "#max (us)"],
            () =>
            {
                foreach (var run in runs)
                {
                    foreach (var (kind, count) in run.ControlPlane.Calls)
                    {
                        var latency = run.ControlPlane.LatencyUs.GetValueOrDefault(kind)
                            ?? LatencySummary.NotMeasured;
                        page.Html.Open("tr");
                        page.Html.Element("th", run.Architecture, ("scope", "row"));
                        page.Html.Element("td", kind);
                        Number(page, count);
                        Number(page, run.ControlPlane.Refused.GetValueOrDefault(kind));
                        Number(page, latency.P50);
                        Number(page, latency.P99);
                        Number(page, latency.Max);
                        page.Html.Close("tr");
                    }
                }
            });

    private static void Number(ReportPage page, double? value) => page.Html.Element(
        "td", ReportPage.Dash(ResultText.Number(value)), ("class", "number"));
}
