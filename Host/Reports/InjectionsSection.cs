using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>Faults and revocations, when the experiment has some.</summary>
internal static class InjectionsSection
{
    public static void Write(ReportPage page, ExperimentResult result)
    {
        var runs = result.Runs;
        if (!runs.Any(run => run.Injections.Count > 0))
        {
            return;
        }

        page.Section("Injections", () =>
        {
            page.Figure(
                "When each injection struck, and how long until service was back.",
                () => Timeline.Draw(page.Html, runs, LastUs(runs)));
            page.Table(
                "What was injected and what came of it; times in microseconds.",
                [
                    "architecture", "#no.", "#at", "what", "target", "outcome",
                    "#deadline", "#begun", "#done", "recovery",
                ],
                () => WriteRows(page.Html, runs));
            foreach (var window in RevocationWindow.AllOf(runs))
            {
                var injection = window.Views[0].Injection;
                page.Figure(
                    $"{injection.What} of {injection.Target}, "
                    + $"{ResultText.Number(injection.AtUs)} us into the measurement.",
                    () => RevocationChart.Draw(page.Html, window));
            }
        });
    }

    private static double LastUs(IReadOnlyList<RunResult> runs)
    {
        var struck = runs
            .SelectMany(run => run.Injections)
            .Max(injection => injection.AtUs + (injection.RecoveredAfterUs ?? 0));
        var ends = runs
            .Select(run => run.Series.GetValueOrDefault(RunResult.SeriesTimeKey))
            .SelectMany(times => times ?? [])
            .Max();
        return Math.Max(struck * 1.1, ends ?? 0);
    }

    private static void WriteRows(HtmlWriter html, IReadOnlyList<RunResult> runs)
    {
        foreach (var run in runs)
        {
            for (var index = 0; index < run.Injections.Count; index++)
            {
                var injection = run.Injections[index];
                html.Open("tr");
                html.Element("th", run.Architecture, ("scope", "row"));
                html.Element("td", $"{index + 1}", ("class", "number"));
                html.Element("td", ResultText.Number(injection.AtUs), ("class", "number"));
                html.Element("td", injection.What);
                html.Element("td", injection.Target);
                html.Element("td", injection.Outcome ?? "–");
                double?[] times =
                    [injection.DeadlineAfterUs, injection.BegunAfterUs, injection.DoneAfterUs];
                foreach (var time in times)
                {
                    html.Element(
                        "td", ReportPage.Dash(ResultText.Number(time)), ("class", "number"));
                }

                html.Element("td", ResultText.Recovered(injection) ?? "–");
                html.Close("tr");
            }
        }
    }
}
