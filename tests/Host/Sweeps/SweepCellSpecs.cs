using CsCheck;
using Disguise.Host.Sweeps;

namespace Disguise.Host.Tests.Sweeps;

public sealed class SweepCellSpecs
{
    [Fact]
    public void Two_repeats_are_asked_for_at_once_and_no_more_before_they_are_there()
    {
        var cell = CellOf(new RepeatRule(1, 5, 0.02m));

        Assert.Equal([0, 1, null], new[] { cell.Ask(), cell.Ask(), cell.Ask() });
        cell.Add(Row(1, 100));
        Assert.Null(cell.Ask());
        cell.Add(Row(0, 130));
        Assert.Equal(2, cell.Ask());
        Assert.Null(cell.Ask());
    }

    [Fact]
    public void Equal_repeats_settle_it_after_two()
    {
        var cell = CellOf(new RepeatRule(1, 5, 0.02m));
        cell.Add(Row(0, 100));
        Assert.False(cell.IsSettled);
        cell.Add(Row(1, 100));
        Assert.True(cell.IsSettled);
        Assert.Null(cell.Ask());
    }

    [Fact]
    public void Without_a_width_all_seeds_run()
    {
        var cell = CellOf(new RepeatRule(1, 3, null));
        Assert.Equal([0, 1, 2, null], Enumerable.Range(0, 4).Select(_ => cell.Ask()));
        cell.Add(Row(0, 100));
        cell.Add(Row(1, 100));
        Assert.False(cell.IsSettled);
        cell.Add(Row(2, 100));
        Assert.True(cell.IsSettled);
    }

    [Fact]
    public void What_it_comes_to_does_not_depend_on_the_order_of_completion() =>
        Gen.Select(Gen.Double[90, 110].Array[8], Gen.Int[0, 1_000_000]).Sample((values, seed) =>
        {
            var order = new Random(seed);
            var rule = new RepeatRule(1, 8, 0.05m);
            var (inOrder, shuffled) = (CellOf(rule), CellOf(rule));
            Finish(inOrder, values, 1, _ => 0);
            Finish(shuffled, values, 3, count => order.Next(count));

            Assert.Equal(inOrder.Interval, shuffled.Interval);
            Assert.Equal(inOrder.Rows.Select(row => row.Repeat),
                shuffled.Rows.Select(row => row.Repeat));
        });

    [Fact]
    public void Rows_of_before_are_not_asked_for_again()
    {
        var cell = CellOf(new RepeatRule(1, 5, 0.02m));
        cell.Add(Row(0, 100));
        Assert.Equal(1, cell.Ask());
        Assert.Null(cell.Ask());
    }

    /// <summary>Up to some repeats under way at once, which end in an order of choice.</summary>
    private static void Finish(
        SweepCell cell, double[] values, int atOnce, Func<int, int> choose)
    {
        var underWay = new List<int>();
        while (true)
        {
            while (underWay.Count < atOnce && cell.Ask() is { } repeat)
                underWay.Add(repeat);
            if (underWay.Count == 0)
                break;
            var chosen = choose(underWay.Count);
            cell.Add(Row(underWay[chosen], values[underWay[chosen]]));
            underWay.RemoveAt(chosen);
        }

        Assert.True(cell.IsSettled);
    }

    private static SweepCell CellOf(RepeatRule rule) =>
        new(new SweepPoint(0, []), "arrakis", rule);

    private static SweepRow Row(int repeat, double operationsPerSecond) => new()
    {
        Point = 0,
        Architecture = "arrakis",
        Repeat = repeat,
        Seed = 1,
        OperationsPerSecond = operationsPerSecond,
    };
}
