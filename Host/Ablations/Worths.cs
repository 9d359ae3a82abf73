using Disguise.Host.Results;

namespace Disguise.Host.Ablations;

/// <summary>
/// What each of several things is worth whose removals do not simply add up: the mean of what its
/// removal brings over all orders in which the things can be removed (Shapley 1953), with the
/// least and the greatest. In whole numbers throughout, so that the means add up exactly.
/// </summary>
internal static class Worths
{
    /// <summary>Most things; their orders are all gone through.</summary>
    public const int MostThings = 8;

    /// <summary>
    /// The worth of each thing. <paramref name="valueWithout"/> gives the value once a set is
    /// removed, bit i for thing i; a worth is how much the value falls.
    /// </summary>
    public static IReadOnlyList<WorthRange> Of(int things, Func<int, long> valueWithout)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(things, MostThings);
        var sums = new long[things];
        var least = new long[things];
        var greatest = new long[things];
        Array.Fill(least, long.MaxValue);
        Array.Fill(greatest, long.MinValue);
        var orders = 0L;
        void Remove(int removed)
        {
            if (removed == (1 << things) - 1)
                orders++;
            for (var thing = 0; thing < things; thing++)
            {
                var bit = 1 << thing;
                if ((removed & bit) != 0)
                    continue;
                var worth = valueWithout(removed) - valueWithout(removed | bit);
                sums[thing] += worth * Factorial(things - 1 - int.PopCount(removed));
                least[thing] = Math.Min(least[thing], worth);
                greatest[thing] = Math.Max(greatest[thing], worth);
                Remove(removed | bit);
            }
        }

        Remove(0);
        var total = things == 0 ? 0 : valueWithout(0) - valueWithout((1 << things) - 1);
        return
        [
            .. Apportion(sums, orders, total).Select((mean, thing) =>
                new WorthRange(mean, least[thing], greatest[thing])),
        ];
    }

    /// <summary>
    /// Quotients as whole numbers with a given sum: each is rounded down, then the largest
    /// remainders are rounded up (Hamilton's method); none is off by one or more.
    /// </summary>
    private static long[] Apportion(long[] sums, long divisor, long total)
    {
        var whole = sums.Select(sum => FloorDivide(sum, divisor)).ToArray();
        var missing = total - whole.Sum();
        var byRemainder = Enumerable.Range(0, sums.Length)
            .OrderByDescending(thing => sums[thing] - (whole[thing] * divisor))
            .ThenBy(thing => thing);
        foreach (var thing in byRemainder.Take((int)missing))
            whole[thing]++;
        return whole;
    }

    private static long FloorDivide(long dividend, long divisor) =>
        (dividend / divisor) - (dividend % divisor < 0 ? 1 : 0);

    private static long Factorial(int number) => number <= 1 ? 1 : number * Factorial(number - 1);
}
