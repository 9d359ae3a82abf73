using static Disguise.Host.Reports.HtmlWriter;

namespace Disguise.Host.Reports;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Series">Which colour and dash: the same number is the same architecture.</param>
/// <param name="Points">The points in order; where y is null the line is broken.</param>
internal sealed record ChartLine(
    string Name, int Series, IReadOnlyList<(double X, double? Y)> Points)
{
    /// <summary>Uncertainty: vertical strokes from a low value to a high one.</summary>
    public IReadOnlyList<(double X, double Low, double High)> Whiskers { get; init; } = [];
}

/// <summary>Lines over two axes, as inline SVG.</summary>
internal static class LineChart
{
    private const double Width = 460;
    private const double Height = 290;
    private const double Left = 58;
    private const double Right = 438;
    private const double Top = 10;
    private const double Bottom = 242;

    /// <summary>Draws the chart; title and description are for those who cannot see it.</summary>
    public static void Draw(
        HtmlWriter html,
        string title,
        string description,
        (ChartScale Scale, string Label) x,
        (ChartScale Scale, string Label) y,
        IReadOnlyList<ChartLine> lines)
    {
        Svg.Open(html, Width, Height, title, description);
        foreach (var (value, label) in y.Scale.Ticks)
        {
            var at = Vertical(y.Scale, value);
            Svg.Line(html, "grid", Left, at, Right, at);
            Svg.Text(html, label, Left - 8, at + 4, "end");
        }

        foreach (var (value, label) in x.Scale.Ticks)
        {
            var at = Horizontal(x.Scale, value);
            Svg.Line(html, "tick", at, Bottom, at, Bottom + 4);
            Svg.Text(html, label, at, Bottom + 18, "middle");
        }

        Svg.Line(html, "axis", Left, Bottom, Right, Bottom);
        Svg.Text(html, x.Label, (Left + Right) / 2, Height - 6, "middle");
        html.Element(
            "text",
            y.Label,
            ("text-anchor", "middle"),
            ("transform", $"translate(12 {Length((Top + Bottom) / 2)}) rotate(-90)"));
        foreach (var line in lines)
        {
            DrawLine(html, x.Scale, y.Scale, line);
        }

        html.Close("svg");
    }

    private static void DrawLine(HtmlWriter html, ChartScale x, ChartScale y, ChartLine line)
    {
        var path = new System.Text.StringBuilder();
        var isBroken = true;
        foreach (var (pointX, pointY) in line.Points)
        {
            if (pointY is { } value)
            {
                path.Append(isBroken ? 'M' : 'L')
                    .Append(Length(Horizontal(x, pointX)))
                    .Append(' ')
                    .Append(Length(Vertical(y, value)));

                // A point between two gaps is a line of no length, which shows as a dot.
                path.Append(isBroken ? "h0" : "");
            }

            isBroken = pointY is null;
        }

        html.Void("path", ("class", $"line s{line.Series % Svg.Colours}"), ("d", path.ToString()));
        foreach (var (at, low, high) in line.Whiskers)
        {
            var place = Horizontal(x, at);
            Svg.Line(html, $"line s{line.Series % Svg.Colours}", place, Vertical(y, low),
                place, Vertical(y, high));
        }
    }

    private static double Horizontal(ChartScale scale, double value) =>
        Left + scale.Position(value) * (Right - Left);

    private static double Vertical(ChartScale scale, double value) =>
        Bottom - scale.Position(value) * (Bottom - Top);
}
