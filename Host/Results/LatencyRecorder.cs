using Disguise.Actors.Time;
using HdrHistogram;

namespace Disguise.Host.Results;

/// <summary>
/// Collects latencies in picoseconds: exact count, sum and maximum, and a histogram of two or three
/// significant digits up to 100 seconds (Tene's HdrHistogram). One takes about 300 KB with three
/// digits and 40 KB with two, whatever it holds.
/// </summary>
public sealed class LatencyRecorder
{
    /// <summary>The largest latency that the histogram tells apart.</summary>
    public const long HighestTrackablePs = 100 * Picoseconds.PerSecond;

    private const int FullDigits = 3;

    private readonly LongHistogram histogram;
    private Int128 sumPs;

    /// <summary>Holds nothing yet; percentiles will have these significant digits.</summary>
    public LatencyRecorder(int significantDigits = FullDigits) =>
        histogram = new LongHistogram(1, HighestTrackablePs, significantDigits);

    /// <summary>How many latencies were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The largest latency, exactly; 0 when there is none.</summary>
    public long MaxPs { get; private set; }

    /// <summary>How many were larger than <see cref="HighestTrackablePs"/>.</summary>
    public long BeyondRange { get; private set; }

    /// <summary>Takes one latency. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A reply came before its request.</exception>
    public void Record(long latencyPs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(latencyPs);
        if (latencyPs > HighestTrackablePs)
        {
            BeyondRange++;
        }

        histogram.RecordValue(Math.Min(latencyPs, HighestTrackablePs));
        sumPs += latencyPs;
        Count++;
        MaxPs = Math.Max(MaxPs, latencyPs);
    }

    /// <summary>Adds all that another recorder holds.</summary>
    public void Add(LatencyRecorder other)
    {
        histogram.Add(other.histogram);
        sumPs += other.sumPs;
        Count += other.Count;
        MaxPs = Math.Max(MaxPs, other.MaxPs);
        BeyondRange += other.BeyondRange;
    }

    /// <summary>
    /// Mean, percentiles and maximum in microseconds; all null when nothing was recorded. A
    /// percentile is the nearest-rank one, as the largest latency of its bucket.
    /// </summary>
    public LatencySummary Summarise()
    {
        if (Count == 0)
        {
            return LatencySummary.NotMeasured;
        }

        ReadOnlySpan<int> perMille = [500, 900, 990, 999];
        Span<double> percentiles = stackalloc double[perMille.Length];
        var seen = 0L;
        var next = 0;
        foreach (var bucket in Buckets())
        {
            seen += bucket.Count;
            while (next < perMille.Length && (Int128)seen * 1000 >= (Int128)Count * perMille[next])
            {
                percentiles[next++] = Rates.ToMicroseconds(bucket.UpToPs);
            }
        }

        return new LatencySummary
        {
            Mean = (double)sumPs / Count / Picoseconds.PerMicrosecond,
            P50 = percentiles[0],
            P90 = percentiles[1],
            P99 = percentiles[2],
            P999 = percentiles[3],
            Max = Rates.ToMicroseconds(MaxPs),
        };
    }

    /// <summary>The buckets that hold something, shortest latencies first.</summary>
    public IReadOnlyList<LatencyBucket> Buckets()
    {
        var buckets = new List<LatencyBucket>();
        foreach (var value in histogram.RecordedValues())
        {
            var upToPs = histogram.HighestEquivalentValue(value.ValueIteratedTo);
            buckets.Add(new LatencyBucket(Math.Min(upToPs, MaxPs), value.CountAtValueIteratedTo));
        }

        // What lies beyond the range stands in the last bucket, which so ends at the maximum.
        if (BeyondRange > 0)
        {
            buckets[^1] = buckets[^1] with { UpToPs = MaxPs };
        }

        return buckets;
    }
}
