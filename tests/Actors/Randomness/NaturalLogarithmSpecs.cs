using CsCheck;
using Disguise.Actors.Randomness;

namespace Disguise.Actors.Tests.Randomness;

public class NaturalLogarithmSpecs
{
    [Fact]
    public void It_agrees_with_the_platform_to_1e_15()
    {
        var normal = Gen.OneOf(
            Gen.Double[1e-300, 1e-3], Gen.Double[1e-3, 0.9], Gen.Double[0.9, 1.1],
            Gen.Double[1.1, 1e3], Gen.Double[1e3, 1e300]);
        normal.Sample(
            x => IsClose(NaturalLogarithm.Of(x), Math.Log(x)),
            iter: 200_000, print: x => x.ToString("R"));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0)]
    [InlineData(0.5)]
    [InlineData(2.2250738585072014e-308)]
    [InlineData(double.MaxValue)]
    [InlineData(1.0000000000000002)]
    [InlineData(0.9999999999999999)]
    [InlineData(1.4142135623730951)]
    [InlineData(0.7071067811865475)]
    public void It_agrees_at_the_seams(double x) =>
        Assert.True(IsClose(NaturalLogarithm.Of(x), Math.Log(x)));

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(4.9e-324)]
    public void It_refuses_what_has_no_logarithm_here(double x) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NaturalLogarithm.Of(x));

    private static bool IsClose(double actual, double expected) =>
        Math.Abs(actual - expected) <= 1e-15 * Math.Abs(expected);
}
