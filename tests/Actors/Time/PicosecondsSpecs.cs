using System.Numerics;
using CsCheck;
using Disguise.Actors.Time;

namespace Disguise.Actors.Tests.Time;

public class PicosecondsSpecs
{
    [Theory]
    [InlineData(8 * 1_538, 10_000_000_000, 1_230_400)]
    [InlineData(0, 1, 0)]
    [InlineData(1, 3, 333_333_333_334)]
    public void Serialisation_is_rounded_up(long bits, long bitsPerSecond, long expectedPs) =>
        Assert.Equal(expectedPs, Picoseconds.ToSerialise(bits, bitsPerSecond));

    [Fact]
    public void Serialisation_is_the_least_whole_time_in_which_the_bits_pass() =>
        Gen.Select(Gen.Long[0, 1L << 40], Gen.Long[1, 1L << 45]).Sample((bits, rate) =>
        {
            var exact = new BigInteger(bits) * Picoseconds.PerSecond;
            if (exact / rate >= long.MaxValue)
                return true;
            var timePs = Picoseconds.ToSerialise(bits, rate);
            return timePs * (BigInteger)rate >= exact && (timePs - 1) * (BigInteger)rate < exact;
        });

    [Fact]
    public void A_time_that_has_no_room_in_64_bits_throws() =>
        Assert.Throws<OverflowException>(() => Picoseconds.ToSerialise(long.MaxValue, 1));

    [Theory]
    [InlineData(999, "999 ps")]
    [InlineData(-1_500, "-1.5 ns")]
    [InlineData(450_000, "450 ns")]
    [InlineData(1_230_400, "1.23 us")]
    [InlineData(15_625_000_000, "15.625 ms")]
    [InlineData(2_000_000_000_000, "2 s")]
    public void A_time_is_written_in_its_largest_unit(long timePs, string expected) =>
        Assert.Equal(expected, Picoseconds.Format(timePs));
}
