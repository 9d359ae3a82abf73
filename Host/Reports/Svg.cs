using static Disguise.Host.Reports.HtmlWriter;

namespace Disguise.Host.Reports;

/// <summary>The few shapes that the report's charts are made of.</summary>
internal static class Svg
{
    /// <summary>How many colours the style sheet tells apart; the next line starts again.</summary>
    public const int Colours = 8;

    private const double HalfPage = 500;

    /// <summary>Opens a picture with its title and description.</summary>
    public static void Open(
        HtmlWriter html, double width, double height, string title, string description)
    {
        var titleId = html.NewIdentifier();
        var descriptionId = html.NewIdentifier();
        html.Open(
            "svg",
            ("viewBox", $"0 0 {Length(width)} {Length(height)}"),
            ("role", "img"),
            ("class", width > HalfPage ? "wide" : "half"),
            ("aria-labelledby", $"{titleId} {descriptionId}"));
        html.Element("title", title, ("id", titleId));
        html.Element("desc", description, ("id", descriptionId));
    }

    /// <summary>A straight line.</summary>
    public static void Line(
        HtmlWriter html, string style, double x1, double y1, double x2, double y2) =>
        html.Void(
            "line",
            ("class", style),
            ("x1", Length(x1)),
            ("y1", Length(y1)),
            ("x2", Length(x2)),
            ("y2", Length(y2)));

    /// <summary>A box without an outline.</summary>
    public static void Box(
        HtmlWriter html, string style, double x, double y, double width, double height) =>
        html.Void(
            "rect",
            ("class", style),
            ("x", Length(x)),
            ("y", Length(y)),
            ("width", Length(width)),
            ("height", Length(height)));

    /// <summary>A label; the anchor is <c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    public static void Text(HtmlWriter html, string label, double x, double y, string anchor) =>
        html.Element(
            "text", label, ("x", Length(x)), ("y", Length(y)), ("text-anchor", anchor));

    /// <summary>A legend beside a picture: names with their colours, as a list.</summary>
    public static void Legend(HtmlWriter html, IEnumerable<(string Name, string Style)> entries)
    {
        html.Open("ul", ("class", "legend"));
        foreach (var (name, style) in entries)
        {
            html.Open("li");
            html.Element("span", "", ("class", $"key {style}"));
            html.Text(name).Close("li");
        }

        html.Close("ul");
    }
}
