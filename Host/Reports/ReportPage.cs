using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>The page under way: numbers its sections, figures and tables.</summary>
internal sealed class ReportPage(HtmlWriter html)
{
    /// <summary>Starts the heading of a column of numbers.</summary>
    private const char NumberMark = '#';

    /// <summary>The most architectures of a table that shares its line with a figure.</summary>
    private const int MostPaired = 2;

    private int sections;
    private int figures;
    private int tables;

    /// <summary>Where the page is written.</summary>
    public HtmlWriter Html { get; } = html;

    /// <summary>The style of the n-th architecture's marks.</summary>
    public static string Series(int index) => $"s{index % Svg.Colours}";

    /// <summary>Writes a section with its number and heading.</summary>
    public void Section(string heading, Action content)
    {
        Html.Open("section");
        Html.Element("h2", $"{++sections}. {heading}");
        content();
        Html.Close("section");
    }

    /// <summary>
    /// Writes a figure and its table beside each other where few columns leave the place.
    /// </summary>
    public void Pair(int columns, Action content)
    {
        Html.Open("div", ("class", columns <= MostPaired ? "pair" : "stack"));
        content();
        Html.Close("div");
    }

    /// <summary>Writes a figure: a picture above its numbered caption.</summary>
    public void Figure(string caption, Action picture)
    {
        Html.Open("figure");
        picture();
        Html.Open("figcaption");
        Html.Element("strong", $"Figure {++figures}.").Text(" " + caption);
        Html.Close("figcaption").Close("figure");
    }

    /// <summary>
    /// Writes a table with its numbered caption; it scrolls where it is too wide. The heading of a
    /// column of numbers starts with <see cref="NumberMark"/>, which is not shown.
    /// </summary>
    public void Table(string caption, IReadOnlyList<string> headings, Action rows)
    {
        Html.Open(
            "div",
            ("class", "scroll"),
            ("tabindex", "0"),
            ("role", "region"),
            ("aria-label", caption));
        Html.Open("table").Open("caption");
        Html.Element("strong", $"Table {++tables}.").Text(" " + caption);
        Html.Close("caption").Open("thead").Open("tr");
        foreach (var heading in headings)
        {
            var style = heading.StartsWith(NumberMark) ? "number" : "words";
            Html.Element("th", heading.TrimStart(NumberMark), ("scope", "col"), ("class", style));
        }

        Html.Close("tr").Close("thead").Open("tbody");
        rows();
        Html.Close("tbody").Close("table").Close("div");
    }

    /// <summary>Writes rows of a comparison, one column for each architecture.</summary>
    public void Comparison(
        string caption, IReadOnlyList<RunResult> runs, IEnumerable<ResultRow> rows) =>
        Table(caption, ["", .. runs.Select(run => NumberMark + run.Architecture)], () =>
        {
            foreach (var row in rows)
            {
                var indent = row.Label.Length - row.Label.TrimStart().Length;
                Html.Open("tr", ("class", row.IsAlarm ? "alarm" : "plain"));
                Html.Element(
                    "th", row.Label.TrimStart(), ("scope", "row"), ("class", $"in{indent}"));
                foreach (var cell in row.Cells)
                {
                    Html.Element("td", Dash(cell), ("class", "number"));
                }

                Html.Close("tr");
            }
        });

    /// <summary>A legend of the architectures.</summary>
    public void Legend(IReadOnlyList<RunResult> runs) =>
        Svg.Legend(Html, runs.Select((run, index) => (run.Architecture, Series(index))));

    /// <summary>A paragraph.</summary>
    public void Paragraph(string text) => Html.Element("p", text);

    /// <summary>A cell's text; what was not measured is a dash.</summary>
    public static string Dash(string text) => text == ResultText.NotMeasured ? "–" : text;
}
