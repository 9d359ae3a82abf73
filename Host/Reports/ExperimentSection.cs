using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>The experiment as run, and how to repeat and cite it.</summary>
internal static class ExperimentSection
{
    public static void Write(ReportPage page, ReportData data) =>
        page.Section("The experiment, and how to repeat it", () =>
        {
            var result = data.Result;
            page.Html.Element("pre", data.ExperimentYaml.TrimEnd(), ("tabindex", "0"));
            page.Paragraph(
                "The same version with the same experiment and seed gives the same hash, on any "
                    + "number of threads and processes. To repeat:");
            page.Html.Element("pre", result.Rerun, ("tabindex", "0"));
            page.Table("The runs' hashes, over every crossing.", ["architecture", "hash"], () =>
            {
                foreach (var run in result.Runs)
                {
                    page.Html.Open("tr");
                    page.Html.Element("th", run.Architecture, ("scope", "row"));
                    page.Html.Open("td", ("class", "words"));
                    page.Html.Element("code", run.Hash ?? "none");
                    page.Html.Close("td").Close("tr");
                }
            });
            page.Paragraph("To cite:");
            page.Html.Element("pre", Citation(result), ("tabindex", "0"));
        });

    private static string Citation(ExperimentResult result) =>
        $"Disguise {result.Version}, experiment \"{result.Experiment}\", seed {result.Seed},\n"
        + $"architectures {string.Join(", ", result.Runs.Select(run => run.Architecture))},\n"
        + $"hash {result.Hash ?? "none"}.";
}
