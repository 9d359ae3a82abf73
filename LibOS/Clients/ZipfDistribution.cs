using Disguise.Actors.Randomness;

namespace Disguise.LibOS.Clients;

/// <summary>
/// Zipf's distribution over n items: item k (from 0) has a share proportional to
/// 1 / (k + 1)^exponent. Immutable; one serves any number of clients. Uses + - x / alone, so that
/// all machines draw alike.
/// </summary>
public sealed class ZipfDistribution
{
    /// <summary>Most items.</summary>
    public const int Limit = 1 << 24;

    private const double LogarithmOfTwo = 0.693147180559945309417232121458;

    private readonly double[] cumulative;

    /// <summary>Prepares the shares.</summary>
    /// <param name="count">Items, from 1 to <see cref="Limit"/>.</param>
    /// <param name="exponent">From 0 (all alike) to 16.</param>
    public ZipfDistribution(int count, double exponent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Limit);
        if (exponent is not (>= 0 and <= 16))
            throw new ArgumentOutOfRangeException(nameof(exponent), exponent, "0 to 16");
        cumulative = new double[count];
        var sum = 0.0;
        for (var item = 0; item < count; item++)
        {
            sum += Exponential(-exponent * NaturalLogarithm.Of(item + 1));
            cumulative[item] = sum;
        }
    }

    /// <summary>Items.</summary>
    public int Count => cumulative.Length;

    /// <summary>Share of an item, between 0 and 1.</summary>
    public double ShareOf(int item) =>
        (cumulative[item] - (item == 0 ? 0 : cumulative[item - 1])) / cumulative[^1];

    /// <summary>Draws an item, from 0 to <see cref="Count"/> - 1.</summary>
    public int Draw(DeterministicRandom random)
    {
        var point = random.NextUnit() * cumulative[^1];
        var (low, high) = (0, cumulative.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (cumulative[middle] > point)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    /// <summary>e^x for -400 to 0: 2^k times the series of e^r with |r| at most ln 2 / 2.
    /// </summary>
    private static double Exponential(double x)
    {
        var power = (int)((x / LogarithmOfTwo) - 0.5);
        var rest = x - (power * LogarithmOfTwo);
        var series = 1.0;
        for (var term = 18; term >= 1; term--)
            series = 1.0 + (rest / term * series);
        return series * BitConverter.UInt64BitsToDouble((ulong)(power + 1023) << 52);
    }
}
