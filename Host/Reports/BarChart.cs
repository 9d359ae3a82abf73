namespace Disguise.Host.Reports;

/// <summary>One bar, made of parts set end to end.</summary>
/// <param name="Label">What stands before it.</param>
/// <param name="Parts">The parts with their styles.</param>
/// <param name="Value">What stands behind it.</param>
internal sealed record Bar(
    string Label, IReadOnlyList<(string Style, double Size)> Parts, string Value);

/// <summary>Horizontal bars from a common zero, as inline SVG.</summary>
internal static class BarChart
{
    private const double Width = 460;
    private const double Left = 104;
    private const double Right = 376;
    private const double RowHeight = 34;
    private const double BarHeight = 20;
    private const double Top = 4;
    private const double AxisHeight = 24;
    private const int LongestLabel = 15;

    /// <summary>Draws the bars; title and description are for those who cannot see them.</summary>
    public static void Draw(
        HtmlWriter html,
        string title,
        string description,
        ChartScale scale,
        IReadOnlyList<Bar> bars)
    {
        var bottom = Top + bars.Count * RowHeight;
        Svg.Open(html, Width, bottom + AxisHeight, title, description);
        foreach (var (value, label) in scale.Ticks)
        {
            var at = Left + scale.Position(value) * (Right - Left);
            Svg.Line(html, "grid", at, Top, at, bottom);
            Svg.Text(html, label, at, bottom + 16, "middle");
        }

        for (var row = 0; row < bars.Count; row++)
        {
            DrawBar(html, scale, bars[row], Top + row * RowHeight);
        }

        Svg.Line(html, "axis", Left, Top, Left, bottom);
        html.Close("svg");
    }

    private static void DrawBar(HtmlWriter html, ChartScale scale, Bar bar, double top)
    {
        var middle = top + RowHeight / 2;
        var label = bar.Label.Length > LongestLabel
            ? bar.Label[..(LongestLabel - 1)] + "…"
            : bar.Label;
        Svg.Text(html, label, Left - 8, middle + 4, "end");
        var reached = 0.0;
        var start = Left;
        foreach (var (style, size) in bar.Parts)
        {
            reached += size;
            var end = Left + scale.Position(reached) * (Right - Left);
            Svg.Box(html, style, start, middle - BarHeight / 2, end - start, BarHeight);
            start = end;
        }

        Svg.Text(html, bar.Value, start + 6, middle + 4, "start");
    }
}
