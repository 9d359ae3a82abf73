using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>
/// Injections over virtual time, one lane for each architecture: a mark where each struck, with
/// its number in the table, and a bar until service was back.
/// </summary>
internal static class Timeline
{
    private const double Width = 940;
    private const double Left = 110;
    private const double Right = 925;
    private const double Top = 6;
    private const double LaneHeight = 40;
    private const double AxisHeight = 40;

    /// <summary>Draws the lanes up to <paramref name="lastUs"/>.</summary>
    public static void Draw(HtmlWriter html, IReadOnlyList<RunResult> runs, double lastUs)
    {
        var scale = ChartScale.LinearTo(ToMilliseconds(lastUs));
        var bottom = Top + runs.Count * LaneHeight;
        Svg.Open(
            html,
            Width,
            bottom + AxisHeight,
            "Injections over virtual time",
            "One lane for each architecture; the table below has the same in words.");
        foreach (var (value, label) in scale.Ticks)
        {
            var at = Horizontal(scale, value);
            Svg.Line(html, "grid", at, Top, at, bottom);
            Svg.Text(html, label, at, bottom + 16, "middle");
        }

        Svg.Text(
            html, "virtual time from the start of the measurement (ms)",
            (Left + Right) / 2, bottom + 34, "middle");
        for (var lane = 0; lane < runs.Count; lane++)
        {
            DrawLane(html, scale, runs[lane], lane);
        }

        html.Close("svg");
    }

    private static void DrawLane(HtmlWriter html, ChartScale scale, RunResult run, int lane)
    {
        var middle = Top + (lane + 0.5) * LaneHeight;
        var style = $"s{lane % Svg.Colours}";
        Svg.Text(html, run.Architecture, Left - 12, middle + 4, "end");
        Svg.Line(html, "axis", Left, middle, Right, middle);
        for (var number = 0; number < run.Injections.Count; number++)
        {
            var injection = run.Injections[number];
            var at = Horizontal(scale, ToMilliseconds(injection.AtUs));
            if (injection.RecoveredAfterUs is { } after)
            {
                var back = Horizontal(scale, ToMilliseconds(injection.AtUs + after));
                Svg.Box(html, $"outage {style}", at, middle - 5, Math.Max(back - at, 1), 10);
            }

            Svg.Box(html, style, at - 1.5, middle - 9, 3, 18);
            Svg.Text(html, $"{number + 1}", at + 5, middle - 8, "start");
        }
    }

    private static double ToMilliseconds(double timeUs) => timeUs / 1000;

    private static double Horizontal(ChartScale scale, double value) =>
        Left + scale.Position(value) * (Right - Left);
}
