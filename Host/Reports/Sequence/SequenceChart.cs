using System.Globalization;
using static Disguise.Host.Reports.HtmlWriter;

namespace Disguise.Host.Reports.Sequence;

/// <summary>
/// One request as a sequence chart (UML 2.5, 17.8): time runs down, to scale; a lifeline for each
/// domain and device on the path, a bar where one is at work, an arrow from one to the next. Long
/// waits are cut.
/// </summary>
internal sealed class SequenceChart
{
    private const double Width = 940;
    private const double AxisWidth = 56;
    private const double HeadHeight = 30;
    private const double Top = 44;
    private const double Foot = 16;
    private const double BarWidth = 10;
    private const double LabelGap = 5;
    private const double LongestDrawing = 1_100;
    private const double MostPerNanosecond = 0.11;
    private const int PicosecondsPerNanosecond = 1000;
    private static readonly long[] TickStepsPs =
        [500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 50_000_000, 200_000_000];

    private readonly HtmlWriter html;
    private readonly ExplainedRequest request;
    private readonly Lifelines lifelines;
    private readonly IReadOnlyList<SequencePart> parts;
    private readonly IReadOnlyList<SequenceArrow> arrows;
    private readonly SequenceTime time;
    private readonly LabelPlaces places = new();

    private SequenceChart(HtmlWriter html, ExplainedRequest request, double lengthPerPs)
    {
        this.html = html;
        this.request = request;
        lifelines = new Lifelines(request);
        parts = SequencePart.Of(request, lifelines);
        arrows = SequenceArrow.Between(request, lifelines, parts);
        time = new SequenceTime(request, parts, Top, lengthPerPs);
        // Above the first line stand the names of the parties.
        places.Take(0, 0, Width, HeadHeight);
    }

    /// <summary>Draws the chart of a request.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="request">The request.</param>
    /// <param name="lengthPerPs">The scale; see <see cref="ScaleFor"/>.</param>
    public static void Draw(HtmlWriter html, ExplainedRequest request, double lengthPerPs) =>
        new SequenceChart(html, request, lengthPerPs).Draw();

    /// <summary>One scale for the charts of several requests, so that lengths compare.</summary>
    public static double ScaleFor(IEnumerable<ExplainedRequest> requests)
    {
        var longestPs = requests.Max(request =>
        {
            var lines = new Lifelines(request);
            return new SequenceTime(request, SequencePart.Of(request, lines), 0, 1)
                .DrawnPs(request.EndPs);
        });
        return Math.Min(
            MostPerNanosecond / PicosecondsPerNanosecond, LongestDrawing / Math.Max(1, longestPs));
    }

    private double Bottom => time.At(request.EndPs);

    private void Draw()
    {
        Svg.Open(
            html, Width, Bottom + Foot, $"One request under {request.Architecture}",
            string.Join(", ", lifelines.Names) + ": the table has each step with its time.");
        DrawAxis();
        DrawLifelines();
        DrawCuts();
        foreach (var part in parts)
            DrawBar(part);
        foreach (var arrow in arrows)
            DrawArrow(arrow);
        foreach (var arrow in arrows)
            LabelArrow(arrow);
        foreach (var part in parts)
            LabelBar(part);
        html.Close("svg");
    }

    private void DrawAxis()
    {
        var stepPs = TickStepsPs.FirstOrDefault(
            step => time.DrawnPs(request.EndPs) / step <= 16, TickStepsPs[^1]);
        var last = double.MinValue;
        for (var tickPs = 0L; tickPs <= request.LatencyPs; tickPs += stepPs)
        {
            var timePs = request.StartPs + tickPs;
            if (time.Cuts.Any(cut => timePs > cut.StartPs && timePs < cut.EndPs))
                continue;
            var at = time.At(timePs);

            // Behind a cut the next tick may come at once.
            if (at - last < LabelPlaces.LineHeight)
                continue;
            last = at;
            Svg.Line(html, "grid", AxisWidth, at, Width, at);
            Label($"{tickPs / 1e6:0.###} us", AxisWidth - 6, at + 4, "end");
        }
    }

    private void DrawLifelines()
    {
        for (var index = 0; index < lifelines.Names.Count; index++)
        {
            var at = Horizontal(index);
            Svg.Line(html, "lifeline", at, HeadHeight, at, Bottom + Foot - 4);
            var name = Fitting(lifelines.Names[index], ColumnWidth - 12);
            var width = Math.Min(ColumnWidth - 6, LabelPlaces.WidthOf(name) + 14);
            Svg.Box(html, "head", at - BarWidth, 2, width, HeadHeight - 8);
            Svg.Text(html, name, at - BarWidth + 7, 17, "start");
        }
    }

    private void DrawCuts()
    {
        foreach (var (startPs, endPs) in time.Cuts)
        {
            var at = time.At(startPs);
            Svg.Line(html, "cut", AxisWidth, at, Width, at);
            places.Take(AxisWidth, at - 1, Width, at + 1);
            var label = $"{Nanoseconds(endPs - startPs)} of waiting left out";
            if (places.Place(
                label, new LabelPlace(Width - 4, at - 4, true),
                new LabelPlace(AxisWidth + 4, at - 4))
                is { } place)
                Label(label, place);
        }
    }

    private void DrawBar(SequencePart part)
    {
        if (part.Kind == SequencePartKind.Wire || part.DurationPs == 0)
            return;
        var (from, to) = (time.At(part.StartPs), time.At(part.EndPs));
        var left = Horizontal(part.Lifeline) - (BarWidth / 2);
        var style = part.Kind == SequencePartKind.Wait ? "poll"
            : lifelines.StyleOf(part.Lifeline);
        Svg.Box(html, style, left, from, BarWidth, Math.Max(1, to - from));
        places.Take(left, from, left + BarWidth, Math.Max(from + 1, to));
    }

    private void DrawArrow(SequenceArrow arrow)
    {
        var (x1, x2) = EndsOf(arrow);
        var (y1, y2) = (time.At(arrow.StartPs), time.At(arrow.EndPs));
        Svg.Line(html, arrow.IsCrossing ? "crossing" : "passing", x1, y1, x2, y2);
        var back = Math.Atan2(y1 - y2, x1 - x2);
        html.Void(
            "path",
            ("class", "tip"),
            ("d", $"M{Length(x2)} {Length(y2)}"
                + Corner(x2, y2, back + 0.4) + Corner(x2, y2, back - 0.4) + "z"));
        places.TakeLine(x1, y1, x2, y2);
    }

    private void LabelArrow(SequenceArrow arrow)
    {
        if (arrow.Label.Length == 0)
            return;
        var (x1, x2) = EndsOf(arrow);
        var (y1, y2) = (time.At(arrow.StartPs), time.At(arrow.EndPs));
        var (left, right) = (Math.Min(x1, x2) + LabelGap, Math.Max(x1, x2) - LabelGap);
        var higher = x1 < x2 ? y1 : y2;
        var place = y1 != y2
            ? places.Place(
                arrow.Label,
                x1 < x2
                    ? new LabelPlace(right, y2 - ((y2 - y1) * 0.45), true, true)
                    : new LabelPlace(left, y1 + ((y2 - y1) * 0.45), false, true))
            : x1 < x2
                ? places.Place(
                    arrow.Label,
                    new LabelPlace(right, higher - 4, true),
                    new LabelPlace(right, higher + 11, true),
                    new LabelPlace(left, higher - 4), new LabelPlace(left, higher + 11))
                : places.Place(
                    arrow.Label,
                    new LabelPlace(left, higher - 4), new LabelPlace(right, higher - 4, true),
                    new LabelPlace(right, higher + 11, true));
        if (place is { } found)
            Label(arrow.Label, found);
    }

    /// <summary>A bar's time, and its steps where the bar is long enough for a line each.</summary>
    private void LabelBar(SequencePart part)
    {
        if (part.Kind == SequencePartKind.Wire || part.DurationPs == 0)
            return;
        var left = Horizontal(part.Lifeline) + (BarWidth / 2) + LabelGap;
        var from = time.At(part.StartPs);
        var lines = (int)((time.At(part.EndPs) - from) / LabelPlaces.LineHeight);
        var steps = part.Steps.Where(step => step.DurationPs > 0).ToArray();
        string[] labels = steps.Length == 1
            ? [$"{steps[0].Text} {Nanoseconds(part.DurationPs)}"]
            : lines > steps.Length
                ? [Nanoseconds(part.DurationPs), .. steps.Select(step =>
                    $"{step.Text} {Nanoseconds(step.DurationPs)}")]
                : [$"{Nanoseconds(part.DurationPs)}, {steps.Length} steps"];
        for (var line = 0; line < labels.Length; line++)
        {
            var wish = new LabelPlace(left, from + 10 + (line * LabelPlaces.LineHeight));
            if (places.Place(labels[line], wish) is { } place)
                Label(labels[line], place, line == 0 ? "small sum" : "small");
        }
    }

    private void Label(string text, LabelPlace place, string style = "small") =>
        Label(text, place.X, place.Y, place.IsAtEnd ? "end" : "start", style);

    private void Label(string text, double x, double y, string anchor, string style = "small") =>
        html.Element(
            "text", text, ("class", style), ("x", Length(x)), ("y", Length(y)),
            ("text-anchor", anchor));

    private (double From, double To) EndsOf(SequenceArrow arrow)
    {
        var (from, to) = (Horizontal(arrow.From), Horizontal(arrow.To));
        var side = Math.Sign(to - from) * BarWidth / 2;
        return (from + side, to - side);
    }

    private double ColumnWidth => (Width - AxisWidth) / lifelines.Names.Count;

    private double Horizontal(int lifeline) => AxisWidth + (ColumnWidth * lifeline) + BarWidth + 4;

    private static string Corner(double x, double y, double angle) =>
        $"L{Length(x + 8 * Math.Cos(angle))} {Length(y + 8 * Math.Sin(angle))}";

    /// <summary>A time as the chart writes it.</summary>
    internal static string Nanoseconds(long timePs) => string.Create(
        CultureInfo.InvariantCulture, $"{timePs / (double)PicosecondsPerNanosecond:#,0.#} ns");

    private static string Fitting(string text, double width)
    {
        var most = Math.Max(2, (int)(width / LabelPlaces.WidthOf("m")));
        return text.Length <= most ? text : "…" + text[^(most - 1)..];
    }
}
