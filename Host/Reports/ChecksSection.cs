using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>What the referees found and which expectations hold.</summary>
internal static class ChecksSection
{
    public static void Write(ReportPage page, ExperimentResult result)
    {
        var referees = result.Runs.SelectMany(
            run => run.Referees.Select(referee => (run.Architecture, referee))).ToArray();
        if (referees.Length == 0 && result.Checks.Count == 0)
        {
            return;
        }

        page.Section("Referees and checks", () =>
        {
            if (referees.Length > 0)
            {
                page.Table(
                    "What the referees checked.",
                    ["architecture", "referee", "#checked", "#violations", "findings"],
                    () => WriteReferees(page.Html, referees));
            }

            if (result.Checks.Count > 0)
            {
                page.Table(
                    "The experiment's expectations.",
                    ["expectation", "#left", "#right", "verdict"],
                    () => WriteChecks(page.Html, result.Checks));
            }
        });
    }

    private static void WriteReferees(
        HtmlWriter html, IEnumerable<(string Architecture, RefereeResult Referee)> referees)
    {
        foreach (var (architecture, referee) in referees)
        {
            html.Open("tr", ("class", referee.Violations > 0 ? "alarm" : "plain"));
            html.Element("th", architecture, ("scope", "row"));
            html.Element("td", referee.Name);
            html.Element("td", ResultText.Number(referee.Checked), ("class", "number"));
            html.Element("td", ResultText.Number(referee.Violations), ("class", "number"));
            html.Element("td", string.Join("; ", referee.Findings), ("class", "words"));
            html.Close("tr");
        }
    }

    private static void WriteChecks(HtmlWriter html, IEnumerable<CheckResult> checks)
    {
        foreach (var check in checks)
        {
            html.Open("tr", ("class", check.Holds == false ? "alarm" : "plain"));
            html.Open("th", ("scope", "row"), ("class", "words"));
            html.Element("code", check.Expect);
            html.Close("th");
            html.Element("td", Side(check.Left), ("class", "number"));
            html.Element("td", Side(check.Right), ("class", "number"));
            html.Element(
                "td",
                check.Reason is null ? ResultText.Verdict(check.Holds)
                    : $"{ResultText.Verdict(check.Holds)}: {check.Reason}",
                ("class", "words"));
            html.Close("tr");
        }
    }

    private static string Side(double? value) => value is null ? "–" : ResultText.Exact(value);
}
