using Disguise.Actors.Randomness;
using Disguise.LibOS.Clients;
using Xunit;

namespace Disguise.LibOS.Tests.Clients;

public class ZipfDistributionSpecs
{
    [Theory]
    [InlineData(10, 0.99)]
    [InlineData(1_000, 1.0)]
    [InlineData(50, 2.5)]
    public void Shares_are_those_of_the_definition(int count, double exponent)
    {
        var zipf = new ZipfDistribution(count, exponent);
        var sum = Enumerable.Range(1, count).Sum(rank => Math.Pow(rank, -exponent));
        for (var item = 0; item < count; item++)
            Assert.Equal(Math.Pow(item + 1, -exponent) / sum, zipf.ShareOf(item), 12);
    }

    [Fact]
    public void An_exponent_of_0_treats_all_alike()
    {
        var zipf = new ZipfDistribution(7, 0);
        for (var item = 0; item < 7; item++)
            Assert.Equal(1.0 / 7, zipf.ShareOf(item), 14);
    }

    [Fact]
    public void Draws_follow_the_shares()
    {
        const int Draws = 400_000;
        var zipf = new ZipfDistribution(20, 0.99);
        var random = new DeterministicRandom(11);
        var seen = new int[zipf.Count];
        for (var draw = 0; draw < Draws; draw++)
            seen[zipf.Draw(random)]++;
        var chiSquare = 0.0;
        for (var item = 0; item < zipf.Count; item++)
        {
            var expected = zipf.ShareOf(item) * Draws;
            chiSquare += (seen[item] - expected) * (seen[item] - expected) / expected;
        }

        // 19 degrees of freedom: 43.8 is passed once in a thousand times.
        Assert.InRange(chiSquare, 0, 43.8);
    }
}
