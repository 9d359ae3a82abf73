using Disguise.Host.Sweeps;

namespace Disguise.Host.Tests.Sweeps;

public sealed class MeanIntervalSpecs
{
    [Fact]
    public void A_worked_example_comes_out()
    {
        // Mean 5, deviation sqrt(32 / 7), eight values: 2.365 (7 degrees) x 2.138 / sqrt(8).
        var interval = MeanInterval.Of([2, 4, 4, 4, 5, 5, 7, 9]);

        Assert.Equal((8, 5.0), (interval.Count, interval.Mean));
        Assert.Equal(1.788, interval.HalfWidth!.Value, 0.001);
    }

    [Fact]
    public void Fewer_than_two_have_no_interval_and_are_never_narrow()
    {
        Assert.Equal(new MeanInterval(0, null, null), MeanInterval.Of([]));
        Assert.Equal(new MeanInterval(1, 7, null), MeanInterval.Of([7]));
        Assert.False(MeanInterval.Of([7]).IsWithin(1));
    }

    [Theory]
    [InlineData(0.1788, false)]
    [InlineData(0.3577, true)]
    [InlineData(0.36, true)]
    public void It_is_narrow_where_its_half_is_within_the_share(double share, bool isNarrow) =>
        Assert.Equal(
            isNarrow, MeanInterval.Of([2, 4, 4, 4, 5, 5, 7, 9]).IsWithin((decimal)share));

    [Fact]
    public void Equal_repeats_are_narrow_at_any_share() =>
        Assert.True(MeanInterval.Of([3, 3]).IsWithin(0));
}
