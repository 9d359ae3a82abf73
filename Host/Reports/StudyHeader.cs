namespace Disguise.Host.Reports;

/// <summary>The head of a page about many runs of one experiment.</summary>
/// <param name="Title">What the page is about.</param>
/// <param name="Lead">The finding, in a sentence.</param>
/// <param name="Facts">What a reader must know of the runs: terms and descriptions.</param>
/// <param name="Rerun">The command line that repeats it.</param>
/// <param name="Hash">The hash of all runs; null where there is none.</param>
internal sealed record StudyHeader(
    string Title, string Lead, IReadOnlyList<(string Term, string Description)> Facts,
    string Rerun, string? Hash)
{
    public void Write(ReportPage page)
    {
        var html = page.Html;
        html.Open("header");
        html.Element("h1", Title);
        html.Element("p", Lead, ("class", "lead"));
        html.Open("dl");
        foreach (var (term, description) in Facts)
        {
            html.Open("div");
            html.Element("dt", term);
            html.Element("dd", ReportPage.Dash(description));
            html.Close("div");
        }

        html.Close("dl");
        html.Open("p", ("class", "rerun"));
        html.Element("code", Rerun);
        html.Close("p");
        html.Open("p", ("class", "hash")).Text("hash ");
        html.Element("code", Hash ?? "none");
        html.Close("p");
        html.Close("header");
    }
}
