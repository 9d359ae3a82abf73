using CsCheck;
using Disguise.Actors.Time;
using Disguise.Kernels.Monolithic.QueueingDisciplines;

namespace Disguise.Kernels.Tests.Monolithic;

public class TokenBucketSpecs
{
    private const int BurstBytes = 1_600;

    [Fact]
    public void In_no_stretch_of_time_more_passes_than_rate_burst_and_one_packet()
    {
        var packet = Gen.Select(Gen.Long[0, 300_000_000], Gen.Int[60, 1_514]);
        Gen.Select(Gen.Long[10_000_000, 10_000_000_000], packet.Array[1, 300]).Sample(one =>
        {
            var (bitsPerSecond, packets) = one;
            var bucket = new TokenBucket(bitsPerSecond, BurstBytes);
            var nowPs = 0L;
            var sent = new List<(long AtPs, int Bytes)>();
            foreach (var (gapPs, bytes) in packets)
            {
                nowPs += gapPs;
                if (bucket.TrySend(bytes, nowPs))
                    sent.Add((nowPs, bytes));
            }

            for (var from = 0; from < sent.Count; from++)
            {
                var bits = 0L;
                for (var to = from; to < sent.Count; to++)
                {
                    var passedPs = sent[to].AtPs - sent[from].AtPs;
                    // What passed before the last packet fits rate and burst.
                    Assert.True(bits <= (8 * (BurstBytes + 1_514))
                        + (double)passedPs / Picoseconds.PerSecond * bitsPerSecond + 8);
                    bits += 8 * sent[to].Bytes;
                }
            }
        });
    }

    [Fact]
    public void A_backlog_leaves_at_exactly_the_rate()
    {
        // 100 Mb/s and 1,250 bytes: 100 us each.
        var bucket = new TokenBucket(100_000_000, BurstBytes);
        var times = new List<long>();
        var nowPs = 0L;
        while (times.Count < 10)
        {
            nowPs = bucket.ReadyPs(nowPs);
            Assert.True(bucket.TrySend(1_250, nowPs));
            times.Add(nowPs);
        }

        var gaps = times.Skip(3).Zip(times.Skip(4), (left, right) => right - left);
        Assert.All(gaps, gap => Assert.Equal(100 * Picoseconds.PerMicrosecond, gap));
    }

    [Fact]
    public void Without_a_token_nothing_is_sent_and_nothing_taken()
    {
        var bucket = new TokenBucket(10_000_000, BurstBytes);
        Assert.True(bucket.TrySend(1_514, 0));
        Assert.True(bucket.TrySend(1_514, 0));
        var readyPs = bucket.ReadyPs(0);
        Assert.True(readyPs > 0);
        Assert.False(bucket.TrySend(60, readyPs - 1));
        Assert.Equal(readyPs, bucket.ReadyPs(0));
        Assert.True(bucket.TrySend(60, readyPs));
    }
}
