using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using Disguise.Host.Reports;
using Disguise.Host.Reports.Sequence;

namespace Disguise.Host.Tests.Reports;

public sealed class SequenceChartSpecs
{
    // A little less than what the chart reserves, and what common fonts take of 11 and 12 pixels.
    private const double LetterWidth = 6.2;
    private const double Ascent = 8.5;
    private const double Descent = 2.5;

    private static readonly string[] Parties =
        ["load.link", "switch", "server.nic", "server.nic.vf[3]", "server.kernel",
            "server.network", "server.echo"];

    private static readonly string[] Works =
        ["poll", "wait", "wire", "stack-receive-native", "copy"];

    [Fact]
    public void No_label_overlaps_another_or_leaves_the_picture() =>
        Requests().Sample(CheckLabels, iter: 300);

    [Theory]
    [InlineData("duULGte6YMp2")]
    [InlineData("2fi62wz4-Om1")]
    [InlineData("dl-Cj7nRRzQ2")]
    public void Nor_where_many_labels_rise_to_the_names(string seed) =>
        Requests().Sample(CheckLabels, seed: seed, iter: 1);

    [Fact]
    public void Bars_are_to_scale_but_for_waits_that_are_cut()
    {
        var request = SampleRequests.ThroughKernel("monolithic");
        const double scale = 0.1 / 1000;
        var chart = Draw(request, scale);

        var kernel = chart.Elements("rect").Single(bar => Class(bar) == "kernel");
        Assert.Equal(
            scale * (810_000 + 1_250_333 + 45_000), Number(kernel, "height"), 0.02);
        var process = chart.Elements("rect").Single(bar => Class(bar) == "work");
        Assert.Equal(scale * (210_000 + 350_667), Number(process, "height"), 0.02);
    }

    [Fact]
    public void A_long_wait_takes_no_more_place_than_its_limit_and_says_what_is_left_out()
    {
        ExplainedRequest Waiting(long waitPs) => new(
            "x", "load", 1, 0, waitPs + 200_000,
            [
                new ExplainStep(0, 100_000, "load.link", "propagation", "wire", true),
                new ExplainStep(100_000, waitPs, "server.echo", "poll", "charge", true),
                new ExplainStep(
                    waitPs + 100_000, 100_000, "server.echo", "work", "charge", true),
            ]);
        double HeightOf(ExplainedRequest request) => double.Parse(
            Draw(request, 0.0001).Attribute("viewBox")!.Value.Split(' ')[3],
            CultureInfo.InvariantCulture);

        Assert.Equal(HeightOf(Waiting(SequenceTime.LongestDrawnPs)), HeightOf(Waiting(50_000_000)));
        Assert.True(HeightOf(Waiting(500_000)) < HeightOf(Waiting(900_000)));
        Assert.Contains(
            Texts(Draw(Waiting(50_000_000), 0.0001)),
            text => text.Value == "49,000 ns of waiting left out");
    }

    [Fact]
    public void A_crossing_stands_at_its_arrow_in_a_colour_of_its_own()
    {
        var request = new ExplainedRequest(
            "x", "load", 1, 0, 300,
            [
                new ExplainStep(0, 100, "server.nic", "dma-byte", "device", true),
                new ExplainStep(100, 100, "server.kernel", "interrupt", "charge", true),
                new ExplainStep(200, 100, "server.echo", "work", "charge", true),
            ])
        {
            Crossings =
                [new ExplainedCrossing(200, "upcall", "server.kernel", "server.echo", true)],
        };
        var chart = Draw(request, 0.5);

        Assert.Single(chart.Elements("line"), line => Class(line) == "crossing");
        Assert.Contains(Texts(chart), text => text.Value == "upcall");
        Assert.Equal(
            ["server.nic", "server.kernel", "server.echo", "load"],
            Texts(chart).Select(text => text.Value).Where(text => text.StartsWith("server")
                || text == "load"));
    }

    [Fact]
    public void Charts_beside_each_other_have_one_scale_so_that_lengths_compare()
    {
        ExplainedRequest[] requests =
            [SampleRequests.Bypass("arrakis"), SampleRequests.ThroughKernel("monolithic")];
        Assert.Equal(
            SequenceChart.ScaleFor([requests[1]]), SequenceChart.ScaleFor(requests), 12);
        Assert.True(SequenceChart.ScaleFor(requests) > 0);
    }

    private static Gen<ExplainedRequest> Requests() => Gen.Select(
        Gen.Int[0, Parties.Length - 1], Gen.Int[1, 900_000],
        Gen.Int[0, Works.Length - 1])
        .List[1, 40].Select(steps =>
        {
            var reachedPs = 0L;
            var explained = new List<ExplainStep>();
            var crossings = new List<ExplainedCrossing>();
            foreach (var (party, durationPs, work) in steps)
            {
                var what = Works[work];
                var kind = what is "wait" or "wire" ? what : "charge";
                crossings.Add(new ExplainedCrossing(
                    reachedPs, "system-call", "server.kernel", Parties[party], true));
                explained.Add(new ExplainStep(
                    reachedPs, durationPs, Parties[party], what, kind, true));
                reachedPs += durationPs;
            }

            return new ExplainedRequest("x", "load", 1, 0, reachedPs, explained)
            {
                Crossings = crossings,
            };
        });

    private static XElement Draw(ExplainedRequest request, double? scale = null)
    {
        var html = new HtmlWriter();
        SequenceChart.Draw(html, request, scale ?? SequenceChart.ScaleFor([request]));
        var text = html.Finish();
        return XElement.Parse(text[text.IndexOf("<svg", StringComparison.Ordinal)..]);
    }

    private static IEnumerable<XElement> Texts(XElement chart) => chart.Elements("text");

    private static string Class(XElement element) => element.Attribute("class")?.Value ?? "";

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static void CheckLabels(ExplainedRequest request)
    {
        var chart = Draw(request);
        var width = double.Parse(
            chart.Attribute("viewBox")!.Value.Split(' ')[2], CultureInfo.InvariantCulture);
        var height = double.Parse(
            chart.Attribute("viewBox")!.Value.Split(' ')[3], CultureInfo.InvariantCulture);
        var labels = Texts(chart).Select(BoxOf).ToList();
        for (var one = 0; one < labels.Count; one++)
        {
            Assert.InRange(labels[one].Left, 0, width);
            Assert.InRange(labels[one].Bottom, 0, height + 60);
            for (var other = 0; other < one; other++)
            {
                Assert.False(
                    Overlap(labels[one], labels[other]),
                    $"{labels[one]} overlaps {labels[other]}");
            }
        }
    }

    private static (double Left, double Top, double Right, double Bottom, string Text) BoxOf(
        XElement text)
    {
        var (x, y, width) = (Number(text, "x"), Number(text, "y"), text.Value.Length * LetterWidth);
        var left = text.Attribute("text-anchor")!.Value == "end" ? x - width : x;
        return (left, y - Ascent, left + width, y + Descent, text.Value);
    }

    private static bool Overlap(
        (double Left, double Top, double Right, double Bottom, string Text) one,
        (double Left, double Top, double Right, double Bottom, string Text) other) =>
        one.Left < other.Right && other.Left < one.Right
        && one.Top < other.Bottom && other.Top < one.Bottom;
}
