using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Disguise.Host.Reports;
using Disguise.Host.Results;
using Disguise.Host.Tests.Results;
using Xunit;

namespace Disguise.Host.Tests.Reports;

public sealed class ReportSpecs
{
    private const string Attack = "<script>alert(1)</script> & \"quotes\" ]]> \u0001";

    [Fact]
    public void The_words_and_numbers_of_the_page() =>
        Golden.Check("Reports", "report", Text(Parse(Report.Render(SampleReport.Make()))));

    [Fact]
    public void The_page_is_one_well_formed_document_that_asks_for_nothing()
    {
        var html = Report.Render(SampleReport.Make());
        var page = Parse(html);
        Assert.DoesNotContain("://", html);
        Assert.DoesNotContain("@import", html);
        Assert.DoesNotContain("url(", html);
        string[] asking = ["script", "link", "img", "iframe", "object", "embed", "base"];
        Assert.DoesNotContain(page.Descendants(), e => asking.Contains(e.Name.LocalName));
        string[] addresses = ["src", "href", "data", "action"];
        Assert.DoesNotContain(
            page.Descendants().Attributes(),
            attribute => addresses.Contains(attribute.Name.LocalName));
    }

    [Fact]
    public void Every_number_of_the_result_stands_on_the_page()
    {
        var data = SampleReport.Make();
        var text = Text(Parse(Report.Render(data)));
        foreach (var run in data.Result.Runs)
        {
            double?[] numbers =
            [
                run.OperationsPerSecond, run.OfferedPerSecond, run.OperationsPerCoreSecond,
                run.LatencyUs.Mean, run.LatencyUs.P50, run.LatencyUs.P90, run.LatencyUs.P99,
                run.LatencyUs.P999, run.LatencyUs.Max, run.MmioPerOperation,
                run.KernelMessagesOnDataPath, run.SchedulerMessages, run.BytesCopiedPerOperation,
                run.CoresBusy, run.Packets.Sent, run.Packets.Received,
                .. run.CrossingsPerOperation!.Values.Select(value => (double?)value),
                .. run.Packets.Dropped!.Values.Select(value => (double?)value),
                .. run.ControlPlane.Calls.Values.Select(value => (double?)value),
                .. run.ControlPlane.LatencyUs.Values.Select(latency => latency.P99),
                .. run.Groups.Select(group => group.OperationsPerSecond),
                .. run.Groups.Select(group => group.LatencyUs.P99),
                .. run.Injections.Select(injection => injection.RecoveredAfterUs),
                .. run.Referees.Select(referee => (double?)referee.Violations),
            ];
            Assert.All(numbers, number => Assert.Contains(ResultText.Number(number), text));
            Assert.Contains(run.Hash!, text);
        }

        Assert.Contains(data.Result.Hash!, text);
        Assert.Contains(data.Result.Rerun, text);
        Assert.Contains("3.5625", text);
        Assert.Contains("assumed", text);
        Assert.Contains("# <1 & \"2\"", text);
    }

    [Fact]
    public void Whatever_a_name_holds_stays_text()
    {
        var sample = SampleReport.Make();
        var run = sample.Result.Runs[1] with
        {
            Architecture = Attack,
            Interface = Attack,
            Platform = Attack,
            Profile = Attack,
            Hash = new string('c', 64),
            CrossingsPerOperation = new Dictionary<string, double> { [Attack] = 1, ["total"] = 1 },
            Injections = [new InjectionResult { AtUs = 1, What = Attack, Target = Attack }],
        };
        var data = new ReportData(
            sample.Result with
            {
                Experiment = Attack,
                Rerun = Attack,
                Version = Attack,
                Runs = [run],
                Checks = [new CheckResult { Expect = Attack }],
            },
            Attack,
            [new ReportRun(
                Attack,
                [new LedgerLine(Attack, Attack, 1, 1, Attack, Attack, true)],
                [new LatencyDistribution(Attack, [new LatencyBucket(0, 1)])])]);
        var page = Parse(Report.Render(data));
        Assert.Empty(page.Descendants("script"));
        Assert.Contains("<script>alert(1)</script> & \"quotes\" ]]> \uFFFD", Text(page));
    }

    [Fact]
    public void Charts_have_titles_and_descriptions_and_tables_have_headings()
    {
        var page = Parse(Report.Render(SampleReport.Make()));
        var charts = page.Descendants("svg").ToArray();
        Assert.Equal(10, charts.Length);
        Assert.All(charts, chart =>
        {
            Assert.NotEmpty(chart.Element("title")!.Value);
            Assert.NotEmpty(chart.Element("desc")!.Value);
            Assert.Equal("img", chart.Attribute("role")!.Value);
            Assert.Equal(
                $"{chart.Element("title")!.Attribute("id")!.Value} "
                    + chart.Element("desc")!.Attribute("id")!.Value,
                chart.Attribute("aria-labelledby")!.Value);
        });
        Assert.All(page.Descendants("table"), table =>
        {
            Assert.NotEmpty(table.Element("caption")!.Value);
            Assert.All(table.Descendants("tbody").Elements(), row =>
                Assert.Equal("row", row.Element("th")!.Attribute("scope")!.Value));
        });
        var identifiers = page.Descendants().Attributes("id").Select(id => id.Value).ToArray();
        Assert.Equal(identifiers.Distinct(), identifiers);
    }

    [Fact]
    public void Every_coordinate_is_a_finite_number()
    {
        foreach (var data in new[] { SampleReport.Make(), Empty() })
        {
            var html = Report.Render(data);
            Assert.DoesNotContain("NaN", html);
            Assert.DoesNotContain("Infinity", html);
            Assert.DoesNotContain("∞", html);
        }
    }

    [Fact]
    public void A_run_that_measured_nothing_still_has_its_page()
    {
        var text = Text(Parse(Report.Render(Empty())));
        Assert.Contains("No operation completed.", text);
        Assert.DoesNotContain("Injections", text);
        Assert.DoesNotContain("Ledger", text);
    }

    [Fact]
    public void A_long_ledger_is_cut_and_the_rest_summed()
    {
        var rows = Parse(Report.Render(SampleReport.Make())).Descendants("tr")
            .Select(row => row.Element("th")?.Value)
            .ToArray();
        Assert.Contains("5 smaller", rows);
        Assert.Contains("item-40", rows);
        Assert.DoesNotContain("item-41", rows);
    }

    [Fact]
    public void Runs_that_are_not_the_results_are_a_bug() =>
        Assert.Throws<InvalidOperationException>(
            () => Report.Render(SampleReport.Make() with { Runs = [] }));

    [Theory]
    [InlineData(0.001, 0.001)]
    [InlineData(1, 1)]
    [InlineData(1.5, 49.6)]
    [InlineData(0.5, 100_000_000)]
    [InlineData(1e-6, 1e8)]
    public void A_logarithmic_axis_holds_its_values_between_few_ticks(double low, double high)
    {
        var scale = ChartScale.Logarithmic(low, high);
        Assert.InRange(scale.Ticks.Count, 2, 16);
        Assert.True(scale.Ticks[0].Value <= low * 1.0001 || scale.Position(low) < 0.2);
        Assert.InRange(scale.Position(high), scale.Position(low), 1);
        var positions = scale.Ticks.Select(tick => scale.Position(tick.Value)).ToArray();
        Assert.Equal(positions.Order(), positions);
    }

    private static ReportData Empty() => new(
        SampleResult.Make() with
        {
            Runs = [new RunResult { Architecture = "arrakis" }],
            Checks = [],
            Hash = null,
        },
        "",
        [new ReportRun("arrakis", [], [new LatencyDistribution("all", [])])]);

    private static XDocument Parse(string html)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore };
        using var reader = XmlReader.Create(new StringReader(html), settings);
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    /// <summary>The page's words: a line for each row, heading, caption and paragraph.</summary>
    private static string Text(XDocument page)
    {
        string[] blocks =
            ["h1", "h2", "p", "dt", "dd", "tr", "caption", "figcaption", "pre", "li", "text"];
        var lines = new StringBuilder();
        foreach (var element in page.Descendants().Where(e => blocks.Contains(e.Name.LocalName)))
        {
            var cells = element.Name == "tr" ? element.Elements() : [element];
            var text = string.Join(" | ", cells.Select(cell => cell.Value.Trim()));
            lines.Append(Regex.Replace(text, " +\n", "\n").TrimEnd()).Append('\n');
        }

        return lines.ToString();
    }
}
