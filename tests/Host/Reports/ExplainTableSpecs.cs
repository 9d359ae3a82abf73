using System.Text.Json;
using CsCheck;
using Disguise.Host.Reports;
using Xunit;

namespace Disguise.Host.Tests.Reports;

public sealed class ExplainTableSpecs
{
    [Fact]
    public void One_architecture_has_a_step_a_line() =>
        Golden.Check("Reports", "explain-1", Text(SampleRequests.Bypass("arrakis")));

    [Fact]
    public void Two_architectures_stand_side_by_side() => Golden.Check(
        "Reports",
        "explain-2",
        Text(SampleRequests.Bypass("arrakis"), SampleRequests.ThroughKernel("monolithic")));

    [Fact]
    public void Four_architectures_stand_side_by_side() => Golden.Check(
        "Reports", "explain-4", Text(Four()));

    [Fact]
    public void No_line_is_wider_than_100_columns_and_no_word_is_cut() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 9], Gen.Int[1, 60]).Sample((count, steps, length) =>
        {
            var word = new string('w', length);
            var requests = Enumerable.Range(0, count).Select(column => new ExplainedRequest(
                $"architecture-{column}",
                "load",
                1,
                0,
                steps * 123_456_789L,
                [.. Enumerable.Range(0, steps).Select(step => new ExplainStep(
                    step * 123_456_789L, 123_456_789, $"kernel{step}", word, "system-call",
                    true))]));
            var text = Text([.. requests]);
            Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
            Assert.Equal(count * steps * length, text.Count(letter => letter == 'w'));
        });

    [Fact]
    public void The_last_line_shows_that_the_steps_add_up_to_the_latency()
    {
        var text = Text(SampleRequests.Bypass("arrakis"));
        Assert.Contains("1812.257 sum\n", text);
        Assert.EndsWith("1812.257 = latency\n", text);
        Assert.Contains("(8.999)", text);
    }

    [Fact]
    public void Steps_that_lose_or_count_twice_a_picosecond_are_a_bug()
    {
        AssertRefused(new ExplainStep(0, 9, "a", "b", "c", true));
        AssertRefused(new ExplainStep(0, 11, "a", "b", "c", true));
        AssertRefused(new ExplainStep(1, 9, "a", "b", "c", true));
        AssertRefused(
            new ExplainStep(0, 6, "a", "b", "c", true), new ExplainStep(5, 4, "a", "b", "c", true));
        AssertRefused(new ExplainStep(0, 10, "a", "b", "c", false));
        _ = new ExplainedRequest(
            "x", "load", 1, 0, 10, [new ExplainStep(0, 10, "a", "b", "c", true)]);
    }

    [Fact]
    public void Sums_by_party_are_those_of_the_critical_path()
    {
        var request = SampleRequests.ThroughKernel("monolithic");
        Assert.Equal(
            [
                ("server.kernel", 2_105_333),
                ("load[0].wire", 1_956_251),
                ("server.echo[3]", 560_667),
            ],
            request.TimeByWho());
        Assert.Equal(request.LatencyPs, request.TimeByWho().Sum(pair => pair.TimePs));
    }

    [Fact]
    public void The_json_form_has_every_step_in_picoseconds()
    {
        using var stream = new MemoryStream();
        ExplainJson.Write(stream, Four());
        using var json = JsonDocument.Parse(stream.ToArray());
        var requests = json.RootElement.GetProperty("requests");
        Assert.Equal(4, requests.GetArrayLength());
        var first = requests[0];
        Assert.Equal("arrakis", first.GetProperty("architecture").GetString());
        Assert.Equal(1, first.GetProperty("request_number").GetInt64());
        Assert.Equal(1_812_257, first.GetProperty("latency_ps").GetInt64());
        var onPath = first.GetProperty("steps").EnumerateArray()
            .Where(step => step.GetProperty("on_critical_path").GetBoolean())
            .Sum(step => step.GetProperty("duration_ps").GetInt64());
        Assert.Equal(
            first.GetProperty("end_ps").GetInt64() - first.GetProperty("start_ps").GetInt64(),
            onPath);
        Assert.Equal("dma", first.GetProperty("steps")[2].GetProperty("kind").GetString());
    }

    private static void AssertRefused(params ExplainStep[] steps) =>
        Assert.Throws<InvalidOperationException>(
            () => new ExplainedRequest("x", "load", 1, 0, 10, steps));

    private static ExplainedRequest[] Four() =>
    [
        SampleRequests.Bypass("arrakis"),
        SampleRequests.Bypass("exokernel"),
        SampleRequests.ThroughKernel("monolithic"),
        SampleRequests.ThroughKernel("microkernel"),
    ];

    private static string Text(params ExplainedRequest[] requests)
    {
        using var writer = new StringWriter();
        ExplainTable.Write(writer, requests);
        return writer.ToString();
    }
}
