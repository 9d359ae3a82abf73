using CsCheck;
using Disguise.Host.Experiments;
using Xunit;

namespace Disguise.Host.Tests.Experiments;

public sealed class UnitsSpecs
{
    [Fact]
    public void A_printed_time_reads_back_exactly() =>
        Gen.Long[0, long.MaxValue / 1000]
            .Sample(timePs =>
                Units.TryTime(Units.PrintTime(timePs), out var read) && read == timePs
            );

    [Fact]
    public void A_printed_size_reads_back_exactly() =>
        Gen.Long[0, long.MaxValue / 1000]
            .Sample(sizeBytes =>
                Units.TrySize(Units.PrintSize(sizeBytes), out var read) && read == sizeBytes
            );

    [Fact]
    public void A_printed_bit_rate_reads_back_exactly() =>
        Gen.Long[0, 100_000_000_000_000]
            .Sample(rate =>
                Units.TryBitRate(Units.PrintBitRate(rate), out var read) && read == rate
            );

    [Fact]
    public void A_decimal_number_times_its_unit_is_exact()
    {
        Gen.Select(Gen.Int[0, 999_999], Gen.Int[0, 999])
            .Sample(
                (whole, thousandths) =>
                {
                    var number = $"{whole}.{thousandths:000}";
                    Assert.True(Units.TryTime(number + "ns", out var timePs));
                    Assert.Equal(whole * 1000L + thousandths, timePs);
                    Assert.True(Units.TryBitRate(number + "Kbps", out var rate));
                    Assert.Equal(whole * 1000L + thousandths, rate);
                }
            );
    }

    [Theory]
    [InlineData("450ns", 450_000)]
    [InlineData("0.45 us", 450_000)]
    [InlineData("1.5s", 1_500_000_000_000)]
    [InlineData("2min", 120_000_000_000_000)]
    [InlineData("0.1ns", 100)]
    public void Times_have_units(string text, long expectedPs)
    {
        Assert.True(Units.TryTime(text, out var timePs));
        Assert.Equal(expectedPs, timePs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("5")]
    [InlineData("5 5us")]
    [InlineData("-5us")]
    [InlineData("5e3us")]
    [InlineData("0.5ps")]
    [InlineData("5US")]
    [InlineData(".5us")]
    [InlineData("5.us")]
    [InlineData("us")]
    [InlineData("9223372036854775808ps")]
    [InlineData("999999999999999999s")]
    public void What_is_no_time_is_refused(string text) => Assert.False(Units.TryTime(text, out _));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1%", 0.01)]
    [InlineData("0.01", 0.01)]
    [InlineData("100%", 1)]
    public void A_ratio_is_a_number_or_a_percentage(string text, double expected)
    {
        Assert.True(Units.TryRatio(text, out var ratio));
        Assert.Equal((decimal)expected, ratio);
        Assert.False(Units.TryRatio("101%", out _));
        Assert.False(Units.TryRatio("1.01", out _));
    }

    [Fact]
    public void Sizes_may_be_bare_and_rates_may_not()
    {
        Assert.True(Units.TrySize("4096", out var bare) && bare == 4096);
        Assert.True(Units.TrySize("1.5KiB", out var kibi) && kibi == 1536);
        Assert.False(Units.TrySize("4KB", out _));
        Assert.True(Units.TryEventRate("100000/s", out var rate) && rate == 100_000);
        Assert.False(Units.TryEventRate("100000", out _));
        Assert.False(Units.TryBitRate("10", out _));
    }
}
