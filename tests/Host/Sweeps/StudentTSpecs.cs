using CsCheck;
using Disguise.Host.Sweeps;

namespace Disguise.Host.Tests.Sweeps;

public sealed class StudentTSpecs
{
    /// <summary>
    /// NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2: upper critical values,
    /// printed to three decimals; the last line is the normal distribution's.
    /// </summary>
    [Theory]
    [InlineData(1, 3.078, 6.314, 12.706, 31.821, 63.657)]
    [InlineData(2, 1.886, 2.920, 4.303, 6.965, 9.925)]
    [InlineData(3, 1.638, 2.353, 3.182, 4.541, 5.841)]
    [InlineData(4, 1.533, 2.132, 2.776, 3.747, 4.604)]
    [InlineData(5, 1.476, 2.015, 2.571, 3.365, 4.032)]
    [InlineData(9, 1.383, 1.833, 2.262, 2.821, 3.250)]
    [InlineData(10, 1.372, 1.812, 2.228, 2.764, 3.169)]
    [InlineData(29, 1.311, 1.699, 2.045, 2.462, 2.756)]
    [InlineData(30, 1.310, 1.697, 2.042, 2.457, 2.750)]
    [InlineData(60, 1.296, 1.671, 2.000, 2.390, 2.660)]
    [InlineData(100, 1.290, 1.660, 1.984, 2.364, 2.626)]
    [InlineData(1_000_000, 1.282, 1.645, 1.960, 2.326, 2.576)]
    public void The_quantiles_are_the_published_ones(
        int degrees, double at90, double at95, double at975, double at99, double at995)
    {
        Assert.Equal(at90, StudentT.Quantile(0.90, degrees), 0.0006);
        Assert.Equal(at95, StudentT.Quantile(0.95, degrees), 0.0006);
        Assert.Equal(at975, StudentT.Quantile(0.975, degrees), 0.0006);
        Assert.Equal(at99, StudentT.Quantile(0.99, degrees), 0.0006);
        Assert.Equal(at995, StudentT.Quantile(0.995, degrees), 0.0006);
    }

    [Fact]
    public void One_and_two_degrees_have_closed_forms() =>
        Gen.Double[0.001, 0.999].Sample(probability =>
        {
            var cauchy = Math.Tan(Math.PI * (probability - 0.5));
            Assert.Equal(cauchy, StudentT.Quantile(probability, 1), 1e-9 * (1 + Math.Abs(cauchy)));
            var side = 2 * probability - 1;
            var second = side * Math.Sqrt(2 / (1 - (side * side)));
            Assert.Equal(second, StudentT.Quantile(probability, 2), 1e-9 * (1 + Math.Abs(second)));
        });

    [Fact]
    public void The_quantile_is_the_inverse_of_the_distribution() =>
        Gen.Select(Gen.Double[0.01, 0.99], Gen.Int[1, 400]).Sample((probability, degrees) =>
            Assert.Equal(
                probability, StudentT.Cumulative(StudentT.Quantile(probability, degrees), degrees),
                1e-10));
}
