using CsCheck;
using Disguise.Kernels.Microkernel.Servers;
using Xunit;

namespace Disguise.Kernels.Tests.Microkernel.Servers;

/// <summary>A tenant's share of the wire.</summary>
public sealed class TokenBucketSpecs
{
    private const long BitsPerSecond = 1_000_000_000;
    private const long BurstPs = 20_000_000;

    [Fact]
    public void Without_a_rate_every_packet_goes_at_once() =>
        Gen.Select(Gen.Int[0, 1514], Gen.Long[0, 1L << 50]).Sample(packet =>
        {
            var (length, nowPs) = packet;
            return new TokenBucket(0).Take(length, nowPs) == nowPs;
        });

    [Fact]
    public void No_packet_goes_before_its_time_and_none_overtakes_another() =>
        Gen.Select(Gen.Int[0, 1514], Gen.Long[0, 30_000_000]).Array[1, 100].Sample(packets =>
        {
            var bucket = new TokenBucket(BitsPerSecond);
            var nowPs = 0L;
            var lastPs = 0L;
            foreach (var (length, pausePs) in packets)
            {
                nowPs += pausePs;
                var atPs = bucket.Take(length, nowPs);
                Assert.True(atPs >= nowPs);
                Assert.True(atPs >= lastPs);
                lastPs = atPs;
            }
        });

    [Fact]
    public void What_goes_in_a_time_is_no_more_than_the_rate_and_one_burst() =>
        Gen.Int[0, 1514].Array[2, 200].Sample(lengths =>
        {
            var bucket = new TokenBucket(BitsPerSecond);
            var sentBits = 0L;
            foreach (var length in lengths)
            {
                var atPs = bucket.Take(length, 0);
                // All that went before took its time, but for what a burst lets go early.
                Assert.Equal(Math.Max(0, (sentBits * 1_000) - BurstPs), atPs);
                sentBits += (Math.Max(length, 60) + 24) * 8L;
            }
        });
}
