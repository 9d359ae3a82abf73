using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>
/// The report of a run: one HTML page that needs nothing beside it, no script, no font and no
/// request. It is well-formed XML, reads on paper, on a phone and in the dark, and every chart
/// stands beside a table with its numbers.
/// </summary>
public static class Report
{
    /// <summary>The page.</summary>
    /// <exception cref="InvalidOperationException">
    /// <paramref name="data"/> has not one <see cref="ReportRun"/> for each run of the result.
    /// </exception>
    public static string Render(ReportData data)
    {
        var runs = data.Result.Runs.Select(run => run.Architecture);
        if (!runs.SequenceEqual(data.Runs.Select(run => run.Architecture)))
        {
            throw new InvalidOperationException("the report's runs are not those of its result");
        }

        return Document($"{data.Result.Experiment}, seed {data.Result.Seed}", page =>
        {
            ReportHeader.Write(page, data.Result);
            SpeedSection.Write(page, data);
            CrossingsSection.Write(page, data.Result);
            CostSection.Write(page, data);
            RequestSection.Write(page, data.Requests);
            PacketsSection.Write(page, data.Result);
            InjectionsSection.Write(page, data.Result);
            SeriesSection.Write(page, data.Result);
            ChecksSection.Write(page, data.Result);
            ExperimentSection.Write(page, data);
        });
    }

    /// <summary>The page of requests alone, as <c>explain</c> leaves it.</summary>
    public static string Render(
        string experiment, string experimentYaml, string rerun,
        IReadOnlyList<ExplainedRequest> requests) => Document($"{experiment}, explained", page =>
        {
            page.Html.Open("header");
            page.Html.Element("h1", experiment);
            page.Html.Open("p", ("class", "rerun"));
            page.Html.Element("code", rerun);
            page.Html.Close("p").Close("header");
            RequestSection.Write(page, requests);
            page.Section("The experiment", () =>
                page.Html.Element("pre", experimentYaml.TrimEnd(), ("tabindex", "0")));
        });

    /// <summary>A page with the style sheet of all reports.</summary>
    /// <param name="title">Its title, without the program's name.</param>
    /// <param name="content">Writes what stands on it.</param>
    internal static string Document(string title, Action<ReportPage> content)
    {
        var html = new HtmlWriter();
        html.Open("html", ("lang", "en"));
        html.Open("head");
        html.Void("meta", ("charset", "utf-8"));
        html.Void(
            "meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Element("title", $"{title} · Disguise");
        html.Style(ReportStyle.Css);
        html.Close("head");
        html.Open("body").Open("main");
        content(new ReportPage(html));
        html.Close("main").Close("body").Close("html");
        return html.Finish();
    }
}
