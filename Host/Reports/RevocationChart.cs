using static Disguise.Host.Reports.HtmlWriter;

namespace Disguise.Host.Reports;

/// <summary>
/// One revocation under each architecture, side by side over the same time: a strip that says when
/// the tenant was asked, until when it had time, and when what it had was broken; below, what the
/// tenant and its neighbours got done.
/// </summary>
internal sealed class RevocationChart
{
    private const string Asked = "k1";
    private const string Breaking = "s6";
    private const string HitLine = "s1";
    private const string NeighbourLine = "s0";

    private const int MostColumns = 4;
    private const double Width = 940;
    private const double Left = 62;
    private const double Gap = 16;
    private const double HeadHeight = 36;
    private const double StripHeight = 20;
    private const double PlotHeight = 110;
    private const double FootHeight = 40;

    private readonly HtmlWriter html;
    private readonly RevocationWindow window;
    private readonly ChartScale time;
    private readonly ChartScale? rate;
    private readonly double panelWidth;
    private readonly double rowHeight;

    private RevocationChart(HtmlWriter html, RevocationWindow window)
    {
        this.html = html;
        this.window = window;
        time = ChartScale.Between(window.FromUs, window.UntilUs);
        rate = window.LargestRate is { } largest ? ChartScale.Linear(largest) : null;
        var columns = Math.Min(MostColumns, window.Views.Count);
        panelWidth = Math.Min(440, ((Width - Left) / columns) - Gap);
        rowHeight = HeadHeight + StripHeight + FootHeight + (rate is null ? 0 : PlotHeight);
    }

    /// <summary>Draws one revocation, with its legend.</summary>
    public static void Draw(HtmlWriter html, RevocationWindow window)
    {
        var chart = new RevocationChart(html, window);
        Svg.Legend(html, chart.Entries());
        chart.Draw();
    }

    private IEnumerable<(string Name, string Style)> Entries()
    {
        if (window.Views.Any(view => view.Injection.DeadlineAfterUs is not null))
        {
            yield return ("asked, not given back yet", Asked);
            yield return ("deadline (dotted)", "device");
        }

        yield return ("given back, or broken by force", Breaking);
        if (rate is not null)
        {
            yield return ("the tenant that is hit", HitLine);
            if (window.Views.Any(view => view.Neighbours.Count > 0))
                yield return ("a neighbour, on average", NeighbourLine);
        }
    }

    private void Draw()
    {
        var rows = (window.Views.Count + MostColumns - 1) / MostColumns;
        Svg.Open(
            html, Width, rows * rowHeight, "A revocation under each architecture",
            string.Join("; ", window.Views.Select(view => $"{view.Architecture}: {view.Words}")));
        for (var index = 0; index < window.Views.Count; index++)
        {
            DrawPanel(
                window.Views[index],
                Left + (index % MostColumns * (panelWidth + Gap)),
                index / MostColumns * rowHeight, index % MostColumns == 0);
        }

        html.Close("svg");
    }

    private void DrawPanel(RevocationView view, double left, double top, bool isFirst)
    {
        html.Element(
            "text", view.Architecture, ("class", "sum"), ("x", Length(left)),
            ("y", Length(top + 13)));
        html.Element(
            "text", view.Words, ("class", "small"), ("x", Length(left)), ("y", Length(top + 28)));
        var strip = top + HeadHeight;
        var bottom = strip + StripHeight + (rate is null ? 0 : PlotHeight);
        if (rate is not null)
            DrawRates(view, left, bottom, isFirst);
        DrawStrip(view, left, strip, bottom);
        Svg.Line(html, "axis", left, bottom, left + panelWidth, bottom);
        foreach (var (value, label) in time.Ticks)
        {
            Svg.Line(html, "tick", At(left, value), bottom, At(left, value), bottom + 4);
            Svg.Text(html, label, At(left, value), bottom + 17, "middle");
        }

        Svg.Text(
            html, "from the order (us)", left + (panelWidth / 2), bottom + 33, "middle");
    }

    private void DrawStrip(RevocationView view, double left, double top, double bottom)
    {
        var injection = view.Injection;
        var middle = top + (StripHeight / 2) - 3;
        Svg.Line(html, "axis", left, middle, left + panelWidth, middle);
        if (injection.DoneAfterUs is not { } doneUs)
            return;
        var begunUs = injection.BegunAfterUs ?? 0;
        if (injection.DeadlineAfterUs is { } deadlineUs)
        {
            DrawPhase(Asked, left, middle, 0, begunUs);
            var at = At(left, deadlineUs);
            Svg.Line(html, "lifeline", at, top - 4, at, bottom);
        }

        DrawPhase(Breaking, left, middle, begunUs, doneUs);
        Svg.Line(html, "axis", At(left, 0), top - 4, At(left, 0), bottom);
    }

    private void DrawPhase(string style, double left, double middle, double fromUs, double untilUs)
    {
        var from = At(left, fromUs);
        Svg.Box(html, style, from, middle - 5, Math.Max(2, At(left, untilUs) - from), 10);
    }

    private void DrawRates(RevocationView view, double left, double bottom, bool isFirst)
    {
        foreach (var (value, label) in rate!.Ticks)
        {
            var at = bottom - (rate.Position(value) * PlotHeight);
            Svg.Line(html, "grid", left, at, left + panelWidth, at);
            if (isFirst)
                Svg.Text(html, label, left - 6, at + 4, "end");
        }

        if (isFirst)
        {
            html.Element(
                "text", "operations/s", ("text-anchor", "middle"),
                ("transform",
                    $"translate(11 {Length(bottom - (PlotHeight / 2))}) rotate(-90)"));
        }

        DrawSteps(view.Neighbours, NeighbourLine, left, bottom);
        DrawSteps(view.Hit, HitLine, left, bottom);
    }

    private void DrawSteps(
        IReadOnlyList<RateStep> steps, string style, double left, double bottom)
    {
        var path = new System.Text.StringBuilder();
        var isBroken = true;
        foreach (var step in steps)
        {
            if (step.UntilUs <= window.FromUs || step.FromUs >= window.UntilUs)
                continue;
            if (step.Rate is { } value)
            {
                path.Append(isBroken ? 'M' : 'L')
                    .Append(Length(At(left, step.FromUs)))
                    .Append(' ')
                    .Append(Length(bottom - (rate!.Position(value) * PlotHeight)))
                    .Append('H')
                    .Append(Length(At(left, step.UntilUs)));
            }

            isBroken = step.Rate is null;
        }

        if (path.Length > 0)
            html.Void("path", ("class", $"line {style}"), ("d", path.ToString()));
    }

    private double At(double left, double timeUs) => left + (time.Position(timeUs) * panelWidth);
}
