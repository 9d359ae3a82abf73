using Disguise.Host.Results;
using static Disguise.Host.Reports.HtmlWriter;

namespace Disguise.Host.Reports;

/// <summary>Where the time went: the cores' time, and the ledger with its sources.</summary>
internal static class CostSection
{
    /// <summary>How many lines of a ledger are shown; the rest is one line.</summary>
    private const int MostLines = 40;

    public static void Write(ReportPage page, ReportData data) =>
        page.Section("Where the time goes", () =>
        {
            var runs = data.Result.Runs;
            page.Pair(runs.Count, () =>
            {
                page.Figure("How the cores spent the measured time.", () => DrawCores(page, runs));
                page.Comparison("The cores' time.", runs, ResultRows.Cores(runs));
            });
            WriteComponents(page, runs);
            for (var index = 0; index < runs.Count; index++)
            {
                if (data.Runs[index].Ledger.Count > 0)
                {
                    WriteLedger(page, runs[index], data.Runs[index].Ledger);
                }
            }
        });

    private static void DrawCores(ReportPage page, IReadOnlyList<RunResult> runs)
    {
        string[] parts = ["work", "kernel", "poll", "idle"];
        Svg.Legend(page.Html, parts.Select(part => (part, part)));
        BarChart.Draw(
            page.Html,
            "Core time by architecture",
            "Shares of work, kernel, polling and idle; the table below has the numbers.",
            ChartScale.LinearTo(1),
            [.. runs.Select(run => new Bar(
                run.Architecture,
                [
                    ("work", run.CoreTime.Work ?? 0),
                    ("kernel", run.CoreTime.Kernel ?? 0),
                    ("poll", run.CoreTime.Poll ?? 0),
                    ("idle", run.CoreTime.Idle ?? 0),
                ],
                run.CoresBusy is { } busy ? $"{ResultText.Number(busy)} busy" : "–"))]);
    }

    private static void WriteComponents(ReportPage page, IReadOnlyList<RunResult> runs)
    {
        const string poll = "poll";
        string[] components = [.. ResultText.Keys(runs.Select(run => run.CpuUsPerOperation))
            .Where(component => component != poll)
            .Order(StringComparer.Ordinal)];
        if (components.Length == 0)
        {
            return;
        }

        page.Pair(runs.Count, () =>
        {
            page.Figure(
                "Processor time of one operation by component (us), polling left out.",
                () =>
                {
                    Svg.Legend(page.Html, components.Select((component, index) =>
                        (component, ComponentStyle(index))));
                    BarChart.Draw(
                        page.Html,
                        "Processor time of an operation by architecture",
                        "Microseconds by component; the table has the numbers.",
                        ChartScale.Linear(runs.Max(Total)),
                        [.. runs.Select(run => new Bar(
                            run.Architecture,
                            [.. components.Select((component, index) => (
                                ComponentStyle(index),
                                ResultText.Occurred(run.CpuUsPerOperation, component) ?? 0))],
                            run.CpuUsPerOperation is null ? "–"
                                : $"{ResultText.Number(Total(run))} us"))]);
                });
            page.Comparison(
                "Processor time of one operation.", runs, ResultRows.Processor(runs));
        });

        double Total(RunResult run) => run.CpuUsPerOperation?
            .Sum(pair => pair.Key == poll ? 0 : pair.Value) ?? 0;
    }

    private static string ComponentStyle(int index) => index < Svg.Colours
        ? $"k{index}" : $"s{index % Svg.Colours}";

    private static void WriteLedger(
        ReportPage page, RunResult run, IReadOnlyList<LedgerLine> ledger)
    {
        var sorted = ledger
            .OrderByDescending(line => line.TimePs)
            .ThenBy(line => line.Key, StringComparer.Ordinal)
            .ThenBy(line => line.Who, StringComparer.Ordinal)
            .ToArray();
        var total = sorted.Sum(line => (double)line.TimePs);
        page.Table(
            $"Ledger of {run.Architecture}: what was charged over the measured time.",
            ["cost", "charged to", "#count", "#ns", "share", "source"],
            () =>
            {
                foreach (var line in sorted.Take(MostLines))
                {
                    WriteLine(page.Html, line, run.Operations, total);
                }

                if (sorted.Length > MostLines)
                {
                    WriteRest(page.Html, sorted[MostLines..], run.Operations, total);
                }
            });
        page.Html.Element(
            "p",
            run.Operations is > 0
                ? $"Count and ns are for one of {ResultText.Number(run.Operations)} operations."
                : "Count and ns are totals.",
            ("class", "note"));
    }

    private static void WriteLine(
        HtmlWriter html, LedgerLine line, long? operations, double total)
    {
        html.Open("tr");
        html.Element("th", line.Key, ("scope", "row"));
        html.Element("td", line.Who);
        WriteNumbers(html, line.Count, line.TimePs, operations, total);
        html.Open("td", ("class", "source")).Text(line.Source);
        if (line.Citation is not null)
        {
            html.Text(": " + line.Citation);
        }

        if (line.IsAssumed)
        {
            html.Text(" ");
            html.Element(
                "abbr", "assumed", ("class", "assumed"), ("title", "no paper prints this value"));
        }

        html.Close("td").Close("tr");
    }

    private static void WriteRest(
        HtmlWriter html, LedgerLine[] rest, long? operations, double total)
    {
        html.Open("tr");
        html.Element("th", $"{rest.Length} smaller", ("scope", "row"));
        html.Element("td", "");
        var (count, timePs) = (rest.Sum(line => line.Count), rest.Sum(line => line.TimePs));
        WriteNumbers(html, count, timePs, operations, total);
        html.Element("td", "");
        html.Close("tr");
    }

    private static void WriteNumbers(
        HtmlWriter html, long count, long timePs, long? operations, double total)
    {
        var divisor = operations is > 0 ? (double)operations.Value : 1;
        var share = total > 0 ? timePs / total : 0;
        html.Element("td", ResultText.Number(count / divisor), ("class", "number"));
        html.Element("td", ResultText.Number(timePs / 1000.0 / divisor), ("class", "number"));
        html.Open("td", ("class", "share"));
        html.Open("div");
        html.Element("span", ResultText.Percent(share));
        html.Element("span", "", ("class", "bar"), ("style", $"width:{Length(share * 90)}px"));
        html.Close("div").Close("td");
    }
}
