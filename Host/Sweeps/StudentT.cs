namespace Disguise.Host.Sweeps;

/// <summary>
/// Student's t distribution with a whole number of degrees of freedom, by its finite series
/// (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4).
/// </summary>
public static class StudentT
{
    private const int MostSteps = 200;
    private const double Tolerance = 1e-13;

    /// <summary>The probability that the variable is at most <paramref name="t"/>.</summary>
    /// <param name="t">Any number.</param>
    /// <param name="degrees">Degrees of freedom, 1 and up.</param>
    public static double Cumulative(double t, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        var angle = Math.Atan(t / Math.Sqrt(degrees));
        var (sine, cosine) = Math.SinCos(angle);
        var within = degrees % 2 == 1
            ? 2 / Math.PI * (angle + (degrees == 1 ? 0 : sine * Odd(cosine, degrees)))
            : sine * Even(cosine, degrees);
        return (1 + within) / 2;
    }

    /// <summary>The value that the variable is below with a probability.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    /// <param name="degrees">Degrees of freedom, 1 and up.</param>
    public static double Quantile(double probability, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        if (probability < 0.5)
            return -Quantile(1 - probability, degrees);
        var (low, high) = (0.0, 1.0);
        while (Cumulative(high, degrees) < probability)
            (low, high) = (high, high * 2);
        for (var step = 0; step < MostSteps && high - low > Tolerance * high; step++)
        {
            var middle = (low + high) / 2;
            if (Cumulative(middle, degrees) < probability)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }

    private static double Odd(double cosine, int degrees)
    {
        var term = cosine;
        var sum = term;
        for (var k = 1; k <= (degrees - 3) / 2; k++)
            sum += term *= cosine * cosine * (2.0 * k / ((2.0 * k) + 1));
        return sum;
    }

    private static double Even(double cosine, int degrees)
    {
        var term = 1.0;
        var sum = term;
        for (var k = 1; k <= (degrees - 2) / 2; k++)
            sum += term *= cosine * cosine * (((2.0 * k) - 1) / (2.0 * k));
        return sum;
    }
}
