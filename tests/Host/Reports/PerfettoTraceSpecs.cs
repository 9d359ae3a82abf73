using System.Text.Json;
using CsCheck;
using Disguise.Host.Reports;
using Xunit;

namespace Disguise.Host.Tests.Reports;

public sealed class PerfettoTraceSpecs
{
    private static readonly Gen<TraceRecord[]> GenRecords = Gen.Select(
            Gen.Long[0, 5_000_000],
            Gen.Long[0, 3_000_000],
            Gen.Int[0, 5],
            Gen.Int[-3, 5],
            (timePs, durationPs, from, to) => new TraceRecord(
                timePs,
                durationPs,
                to < 0 ? "network-stack" : "system-call",
                $"server[{from % 2}].echo[{from}]",
                to < 0 ? null : $"server[{to % 2}].echo[{to}]"))
        .Array[0, 60]
        .Select(records => records.OrderBy(record => record.TimePs).ToArray());

    [Fact]
    public void Every_record_is_written_and_each_track_is_in_order_of_time() =>
        GenRecords.Sample(records =>
        {
            var events = Events(records);
            var crossings = records.Count(record => record.To is not null);
            Assert.Equal(records.Length + crossings, Count(events, "X"));
            Assert.Equal(crossings, Count(events, "s"));
            Assert.Equal(crossings, Count(events, "f"));
            var tracks = events
                .Where(written => Phase(written) != "M")
                .GroupBy(written => written.GetProperty("tid").GetInt32());
            foreach (var track in tracks)
            {
                var times = track.Select(Time).ToArray();
                Assert.Equal(times.Order(), times);
                Assert.Single(track.Select(e => e.GetProperty("pid").GetInt32()).Distinct());
            }
        });

    [Fact]
    public void A_crossing_is_an_arrow_from_its_sender_to_its_receiver()
    {
        var events = Events(
            new TraceRecord(1_500_007, 250_000, "system-call", "server.echo", "server.kernel"));
        Assert.Equal(["M", "M", "M", "X", "s", "X", "f"], events.Select(Phase));
        var (start, end) = (events[4], events[6]);
        Assert.Equal("1.500007", start.GetProperty("ts").GetRawText());
        Assert.Equal("1.750007", end.GetProperty("ts").GetRawText());
        Assert.Equal(start.GetProperty("id").GetInt64(), end.GetProperty("id").GetInt64());
        Assert.NotEqual(start.GetProperty("tid").GetInt32(), end.GetProperty("tid").GetInt32());
        Assert.Equal("e", end.GetProperty("bp").GetString());
    }

    [Fact]
    public void A_charge_has_its_duration_to_the_picosecond()
    {
        var events = Events(new TraceRecord(3, 1_000_001, "network-stack", "server.kernel", null));
        Assert.Equal("1.000001", events[^1].GetProperty("dur").GetRawText());
        Assert.Equal("0.000003", events[^1].GetProperty("ts").GetRawText());
    }

    [Fact]
    public void A_process_is_a_machine_and_a_thread_an_actor()
    {
        var events = Events(
            new TraceRecord(0, 1, "work", "server[0].echo[1]", null),
            new TraceRecord(1, 1, "work", "server[0].kernel", null),
            new TraceRecord(2, 1, "work", "server[1].kernel", null));
        var names = events
            .Where(written => Phase(written) == "M")
            .Select(written => written.GetProperty("name").GetString() + " "
                + written.GetProperty("args").GetProperty("name").GetString());
        Assert.Equal(
            [
                "process_name server[0]", "thread_name server[0].echo[1]",
                "thread_name server[0].kernel",
                "process_name server[1]", "thread_name server[1].kernel",
            ],
            names);
    }

    [Fact]
    public void Past_its_limit_a_trace_says_how_much_it_left_out()
    {
        using var stream = new MemoryStream();
        using (var trace = new PerfettoTrace(stream, recordLimit: 10))
        {
            for (var timePs = 0; timePs < 25; timePs++)
            {
                trace.Write(new TraceRecord(timePs, 1, "work", "server.kernel", null));
            }

            trace.Finish();
            Assert.Equal(10, trace.Written);
            Assert.Equal(15, trace.LeftOut);
        }

        using var json = JsonDocument.Parse(stream.ToArray());
        var events = json.RootElement.GetProperty("traceEvents").EnumerateArray().ToArray();
        Assert.Equal(10, Count(events, "X"));
        Assert.Contains("15 more records", events[^1].GetProperty("name").GetString());
        var other = json.RootElement.GetProperty("otherData");
        Assert.Equal(15, other.GetProperty("records_left_out").GetInt64());
    }

    [Fact]
    public void Crossings_past_the_limit_on_the_way_lose_their_arrow_and_are_counted()
    {
        using var trace = new PerfettoTrace(Stream.Null);
        for (var number = 0; number < PerfettoTrace.PendingLimit + 5; number++)
        {
            trace.Write(new TraceRecord(number, long.MaxValue / 2, "packet", "a", "b"));
        }

        Assert.Equal(5, trace.WithoutArrow);
    }

    [Fact]
    public void A_record_out_of_order_is_a_bug()
    {
        using var trace = new PerfettoTrace(Stream.Null);
        trace.Write(new TraceRecord(10, 0, "work", "a", null));
        Assert.Throws<InvalidOperationException>(
            () => trace.Write(new TraceRecord(9, 0, "work", "a", null)));
    }

    private static JsonElement[] Events(params TraceRecord[] records)
    {
        using var stream = new MemoryStream();
        using (var trace = new PerfettoTrace(stream))
        {
            foreach (var record in records)
            {
                trace.Write(record);
            }
        }

        var json = JsonDocument.Parse(stream.ToArray());
        return [.. json.RootElement.GetProperty("traceEvents").EnumerateArray()];
    }

    private static int Count(IEnumerable<JsonElement> events, string phase) =>
        events.Count(written => Phase(written) == phase);

    private static string Phase(JsonElement written) => written.GetProperty("ph").GetString()!;

    private static decimal Time(JsonElement written) => written.GetProperty("ts").GetDecimal();
}
