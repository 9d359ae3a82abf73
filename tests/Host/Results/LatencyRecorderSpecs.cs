using CsCheck;
using Disguise.Actors.Time;
using Disguise.Host.Results;
using Xunit;

namespace Disguise.Host.Tests.Results;

public sealed class LatencyRecorderSpecs
{
    [Fact]
    public void Nothing_recorded_is_not_measured() =>
        Assert.Equal(LatencySummary.NotMeasured, new LatencyRecorder().Summarise());

    [Fact]
    public void One_latency_is_every_percentile_to_the_picosecond()
    {
        var recorder = new LatencyRecorder();
        recorder.Record(1_813_257);
        var summary = recorder.Summarise();
        Assert.Equal(1.813257, summary.Mean);
        Assert.Equal(1.813257, summary.P50);
        Assert.Equal(1.813257, summary.P999);
        Assert.Equal(1.813257, summary.Max);
    }

    [Fact]
    public void Mean_and_maximum_are_exact_and_percentiles_right_to_three_digits() =>
        Gen.Long[1, Picoseconds.PerSecond].Array[1, 300].Sample(latencies =>
        {
            var recorder = new LatencyRecorder();
            Array.ForEach(latencies, recorder.Record);
            var summary = recorder.Summarise();
            var sum = Int128.Zero;
            Array.ForEach(latencies, latency => sum += latency);
            Assert.Equal((double)sum / latencies.Length / 1e6, summary.Mean);
            Assert.Equal(latencies.Max() / 1e6, summary.Max);
            AssertNear(latencies, 0.5, summary.P50);
            AssertNear(latencies, 0.9, summary.P90);
            AssertNear(latencies, 0.99, summary.P99);
            AssertNear(latencies, 0.999, summary.P999);
        });

    [Fact]
    public void Two_recorders_added_equal_one_that_saw_all()
    {
        var left = new LatencyRecorder();
        var right = new LatencyRecorder();
        var both = new LatencyRecorder();
        for (var latency = 1L; latency < 2_000; latency++)
        {
            (latency % 3 == 0 ? left : right).Record(latency * 1_003);
            both.Record(latency * 1_003);
        }

        left.Add(right);
        Assert.Equal(both.Summarise(), left.Summarise());
        Assert.Equal(both.Buckets(), left.Buckets());
        Assert.Equal(both.Count, left.Count);
    }

    [Fact]
    public void The_buckets_hold_every_latency_once_in_ascending_order()
    {
        var buckets = SampleResult.Latencies(1_500_000).Buckets();
        Assert.Equal(10_000, buckets.Sum(bucket => bucket.Count));
        Assert.Equal(buckets.OrderBy(bucket => bucket.UpToPs), buckets);
    }

    [Fact]
    public void A_latency_beyond_the_range_counts_and_keeps_mean_and_maximum_exact()
    {
        var recorder = new LatencyRecorder();
        recorder.Record(300 * Picoseconds.PerSecond);
        recorder.Record(0);
        Assert.Equal(1, recorder.BeyondRange);
        Assert.Equal(300e6, recorder.Summarise().Max);
        Assert.Equal(150e6, recorder.Summarise().Mean);
        Assert.Equal(300e6, recorder.Summarise().P99);
        Assert.Equal(0, recorder.Summarise().P50);
    }

    [Fact]
    public void A_reply_before_its_request_is_a_bug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LatencyRecorder().Record(-1));

    [Fact]
    public void Recording_allocates_nothing()
    {
        var recorder = new LatencyRecorder();
        recorder.Record(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var latency = 0L; latency < 10_000; latency++)
        {
            recorder.Record(latency * 977);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AssertNear(long[] latencies, double share, double? percentileUs)
    {
        var sorted = latencies.Order().ToArray();
        var rank = (int)Math.Ceiling(Math.Round(share * sorted.Length, 9));
        var exactUs = sorted[Math.Max(rank, 1) - 1] / 1e6;
        Assert.InRange(percentileUs!.Value, exactUs, exactUs * 1.001 + 1e-6);
    }
}
