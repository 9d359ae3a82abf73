namespace Disguise.Host.Reports;

/// <summary>One row of a waterfall.</summary>
/// <param name="Label">What stands before it.</param>
/// <param name="From">Where its bar begins.</param>
/// <param name="To">Where its bar ends.</param>
/// <param name="IsTotal">Whether it stands on the zero line.</param>
/// <param name="Value">What stands behind it.</param>
internal sealed record WaterfallStep(
    string Label, double From, double To, bool IsTotal, string Value);

/// <summary>
/// Bars from a total down to another, each beginning where the one before it ended, as inline SVG.
/// </summary>
internal static class WaterfallChart
{
    private const double Width = 460;
    private const double Left = 116;
    private const double Right = 360;
    private const double RowHeight = 26;
    private const double BarHeight = 16;
    private const double Top = 4;
    private const double AxisHeight = 24;

    /// <summary>Draws the steps; title and description are for those who cannot see them.
    /// </summary>
    public static void Draw(
        HtmlWriter html, string title, string description, IReadOnlyList<WaterfallStep> steps)
    {
        var scale = ChartScale.Linear(steps.Max(step => Math.Max(step.From, step.To)));
        var bottom = Top + (steps.Count * RowHeight);
        Svg.Open(html, Width, bottom + AxisHeight, title, description);
        foreach (var (value, label) in scale.Ticks)
        {
            Svg.Line(html, "grid", Place(scale, value), Top, Place(scale, value), bottom);
            Svg.Text(html, label, Place(scale, value), bottom + 16, "middle");
        }

        for (var row = 0; row < steps.Count; row++)
            DrawStep(html, scale, steps[row], Top + (row * RowHeight), row == steps.Count - 1);
        Svg.Line(html, "axis", Left, Top, Left, bottom);
        html.Close("svg");
    }

    private static void DrawStep(
        HtmlWriter html, ChartScale scale, WaterfallStep step, double top, bool isLast)
    {
        var middle = top + (RowHeight / 2);
        var (from, to) = (Place(scale, step.From), Place(scale, step.To));
        Svg.Text(html, step.Label, Left - 8, middle + 4, "end");
        Svg.Box(
            html, step.IsTotal ? "s0" : step.To <= step.From ? "s2" : "s1", Math.Min(from, to),
            middle - (BarHeight / 2), Math.Max(1, Math.Abs(to - from)), BarHeight);
        if (!isLast)
        {
            Svg.Line(
                html, "tick", to, middle + (BarHeight / 2), to,
                middle + RowHeight - (BarHeight / 2));
        }

        Svg.Text(html, step.Value, Math.Max(from, to) + 6, middle + 4, "start");
    }

    private static double Place(ChartScale scale, double value) =>
        Left + (scale.Position(value) * (Right - Left));
}
