namespace Disguise.Actors.Randomness;

/// <summary>
/// The natural logarithm from + - x / alone: the platform's C library differs from machine to
/// machine in the last bits, and a run must not.
/// </summary>
public static class NaturalLogarithm
{
    private const double LogarithmOfTwo = 0.693147180559945309417232121458;
    private const double SquareRootOfTwo = 1.41421356237309504880168872421;

    /// <summary>
    /// ln x for a normal x above 0, to about 1e-15 relative: ln(m 2^e) with the series of
    /// 2 artanh((m - 1) / (m + 1)) for m in [sqrt(1/2), sqrt(2)).
    /// </summary>
    public static double Of(double x)
    {
        if (!(x >= 2.2250738585072014e-308) || double.IsInfinity(x))
            throw new ArgumentOutOfRangeException(nameof(x), x, "a normal number above 0");
        var bits = BitConverter.DoubleToUInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.UInt64BitsToDouble(
            (bits & 0x000F_FFFF_FFFF_FFFFUL) | 0x3FF0_0000_0000_0000UL);
        if (mantissa >= SquareRootOfTwo)
        {
            mantissa *= 0.5;
            exponent++;
        }

        var z = (mantissa - 1.0) / (mantissa + 1.0);
        var square = z * z;
        var series = 1.0 / 21;
        series = (series * square) + (1.0 / 19);
        series = (series * square) + (1.0 / 17);
        series = (series * square) + (1.0 / 15);
        series = (series * square) + (1.0 / 13);
        series = (series * square) + (1.0 / 11);
        series = (series * square) + (1.0 / 9);
        series = (series * square) + (1.0 / 7);
        series = (series * square) + (1.0 / 5);
        series = (series * square) + (1.0 / 3);
        series = (series * square) + 1.0;
        return (2.0 * z * series) + (exponent * LogarithmOfTwo);
    }
}
