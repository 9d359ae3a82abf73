using System.Globalization;
using Disguise.Host.Reports.Sequence;

namespace Disguise.Host.Reports;

/// <summary>One request under each architecture: sequence charts on one scale, and its time by
/// party.</summary>
internal static class RequestSection
{
    private const string Unit = " (ns)";

    public static void Write(ReportPage page, IReadOnlyList<ExplainedRequest> requests)
    {
        if (requests.Count == 0)
            return;
        page.Section("One request", () =>
        {
            page.Paragraph(
                "Time runs down, on the same scale for all. A bar is a party at work, pale where "
                + "it waits; a coloured arrow crosses from one protection domain into another.");
            var scale = SequenceChart.ScaleFor(requests);
            foreach (var request in requests)
            {
                page.Figure(
                    $"Request {request.RequestNumber} of {request.Client} under "
                        + $"{request.Architecture}: {Microseconds(request.LatencyPs)} us.",
                    () => SequenceChart.Draw(page.Html, request, scale));
            }

            WriteTimes(page, requests);
        });
    }

    private static void WriteTimes(ReportPage page, IReadOnlyList<ExplainedRequest> requests)
    {
        var times = requests.Select(request => request.TimeByWho()
            .ToDictionary(sum => sum.Who, sum => sum.TimePs)).ToArray();
        var parties = requests
            .SelectMany(request => request.Steps)
            .Where(step => times.Any(time => time.GetValueOrDefault(step.Who) > 0))
            .Select(step => step.Who)
            .Distinct();
        page.Table(
            "Where the request was, in ns; the sum is the latency that its client measured.",
            ["party" + Unit, .. requests.Select(request => "#" + request.Architecture)],
            () =>
            {
                foreach (var party in parties)
                {
                    WriteRow(page.Html, party, times.Select(time =>
                        time.TryGetValue(party, out var timePs) && timePs > 0
                            ? ExplainTable.Nanoseconds(timePs) : "–"));
                }

                WriteRow(page.Html, "sum", requests.Select(request =>
                    ExplainTable.Nanoseconds(request.LatencyPs)));
            });
    }

    private static void WriteRow(HtmlWriter html, string head, IEnumerable<string> cells)
    {
        html.Open("tr");
        html.Element("th", head, ("scope", "row"));
        foreach (var cell in cells)
            html.Element("td", cell, ("class", "number"));
        html.Close("tr");
    }

    private static string Microseconds(long timePs) =>
        (timePs / 1e6).ToString("0.###", CultureInfo.InvariantCulture);
}
