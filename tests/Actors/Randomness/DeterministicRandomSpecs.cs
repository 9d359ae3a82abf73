using Disguise.Actors.Randomness;

namespace Disguise.Actors.Tests.Randomness;

public class DeterministicRandomSpecs
{
    // Seeded by splitmix64, whose first outputs for seed 0 are E220A8397B1DCDAF and on: printed by
    // a program made of the two reference files, splitmix64.c and xoshiro256plusplus.c.
    [Theory]
    [InlineData(0, new[]
    {
        0x53175D61490B23DFUL, 0x61DA6F3DC380D507UL,
        0x5C0FDF91EC9A7BFCUL, 0x02EEBF8C3BBE5E1AUL,
    })]
    [InlineData(42, new[]
    {
        0xD0764D4F4476689FUL, 0x519E4174576F3791UL,
        0xFBE07CFB0C24ED8CUL, 0xB37D9F600CD835B8UL,
    })]
    public void Draws_are_those_of_the_reference_code(ulong seed, ulong[] expected)
    {
        var random = new DeterministicRandom(seed);

        Assert.Equal(expected, expected.Select(_ => random.Next()));
    }

    [Fact]
    public void A_fork_does_not_depend_on_draws_made_before()
    {
        var fresh = new DeterministicRandom(5);
        var used = new DeterministicRandom(5);
        used.Next();

        Assert.Equal(fresh.Fork("nic").Next(), used.Fork("nic").Next());
        Assert.Equal(fresh.Fork(3).Next(), used.Fork(3).Next());
    }

    [Fact]
    public void Forks_of_other_names_numbers_and_seeds_draw_other_streams()
    {
        var random = new DeterministicRandom(5);
        ulong[] firsts =
        [
            random.Next(), random.Fork("nic").Next(), random.Fork("link").Next(),
            random.Fork(0).Next(), random.Fork(1).Next(),
            new DeterministicRandom(6).Fork("nic").Next(),
        ];

        Assert.Equal(firsts.Length, firsts.Distinct().Count());
    }

    [Fact]
    public void Draws_below_a_limit_are_even()
    {
        var random = new DeterministicRandom(1);
        var counts = new int[7];
        for (var draw = 0; draw < 700_000; draw++)
            counts[random.Below(7)]++;

        // Six degrees of freedom: 99.99 % of fair sources stay under 27.9.
        var chiSquare = counts.Sum(count => (count - 100_000.0) * (count - 100_000.0) / 100_000);
        Assert.InRange(chiSquare, 0, 27.9);
    }

    [Fact]
    public void Below_nothing_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeterministicRandom(1).Below(0));

    [Fact]
    public void Exponential_draws_have_their_mean_and_variance()
    {
        const int count = 1_000_000;
        const long meanPs = 1_000_000;
        var random = new DeterministicRandom(3);
        var sum = 0.0;
        var squares = 0.0;
        for (var draw = 0; draw < count; draw++)
        {
            var timePs = random.NextExponentialPs(meanPs);
            Assert.True(timePs >= 0);
            sum += timePs;
            squares += (double)timePs * timePs;
        }

        var mean = sum / count;
        Assert.InRange(mean / meanPs, 0.995, 1.005);
        Assert.InRange(((squares / count) - (mean * mean)) / ((double)meanPs * meanPs), 0.98, 1.02);
    }
}
