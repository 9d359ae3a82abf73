using CsCheck;
using Disguise.Host.Ablations;
using Disguise.Host.Results;

namespace Disguise.Host.Tests.Ablations;

public sealed class WorthsSpecs
{
    [Fact]
    public void Removals_that_add_up_are_worth_the_same_in_every_order()
    {
        long[] worths = [5, 0, 70, 11];
        var found = Worths.Of(4, removed => 1_000 - worths
            .Where((_, thing) => (removed & (1 << thing)) != 0).Sum());

        Assert.Equal(worths.Select(worth => new WorthRange(worth, worth, worth)), found);
    }

    /// <summary>
    /// The runway of Littlechild and Owen (Management Science 20(3), 1973): who needs the longest
    /// pays for all of it. Costs 3, 6 and 12 give 1, 2.5 and 8.5.
    /// </summary>
    [Fact]
    public void The_runway_is_shared_as_published()
    {
        long[] lengths = [60, 120, 240];
        var found = Worths.Of(3, removed => -lengths
            .Where((_, thing) => (removed & (1 << thing)) != 0).DefaultIfEmpty().Max());

        Assert.Equal(
            [new WorthRange(20, 0, 60), new WorthRange(50, 0, 120), new WorthRange(170, 120, 240)],
            found);
    }

    [Fact]
    public void Means_add_up_exactly_and_are_those_of_all_orders() =>
        Gen.Long[-1_000_000, 1_000_000].Array[32].Sample(values =>
        {
            var found = Worths.Of(5, removed => values[removed]);

            Assert.Equal(values[0] - values[31], found.Sum(worth => worth.Mean));
            for (var thing = 0; thing < 5; thing++)
            {
                var worths = Orders([0, 1, 2, 3, 4])
                    .Select(order => order.TakeWhile(other => other != thing)
                        .Sum(other => 1 << other))
                    .Select(removed => values[removed] - values[removed | (1 << thing)])
                    .ToList();
                Assert.Equal(120, worths.Count);
                Assert.Equal(worths.Average(), found[thing].Mean, 1.0);
                Assert.Equal(worths.Min(), found[thing].Least);
                Assert.Equal(worths.Max(), found[thing].Greatest);
            }
        }, iter: 200);

    private static IEnumerable<int[]> Orders(int[] things) => things.Length == 0
        ? [[]]
        : things.SelectMany(first => Orders([.. things.Where(other => other != first)])
            .Select(rest => new[] { first }.Concat(rest).ToArray()));
}
