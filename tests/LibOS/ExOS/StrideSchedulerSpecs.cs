using CsCheck;
using Disguise.LibOS.ExOS.Stride;

namespace Disguise.LibOS.Tests.ExOS;

public sealed class StrideSchedulerSpecs
{
    [Fact]
    public void Three_two_and_one_ticket_give_three_two_and_one_turn_of_six()
    {
        var scheduler = new StrideScheduler();
        scheduler.Add(7, 3);
        scheduler.Add(8, 2);
        scheduler.Add(9, 1);
        Assert.Equal(
            [7, 8, 9, 7, 8, 7, 7, 8, 9, 7, 8, 7],
            Enumerable.Range(0, 12).Select(_ => scheduler.Select()));
    }

    [Fact]
    public void At_every_time_each_has_its_share_to_within_a_turn_of_each_other() => Gen
        .Int[1, 12].Array[1, 6]
        .Sample(tickets =>
        {
            var scheduler = new StrideScheduler();
            for (var client = 0; client < tickets.Length; client++)
                scheduler.Add(client, tickets[client]);
            var turns = new int[tickets.Length];
            var all = (double)tickets.Sum();
            for (var turn = 1; turn <= 200; turn++)
            {
                turns[scheduler.Select()]++;
                for (var client = 0; client < tickets.Length; client++)
                {
                    // The error is at most of the order of the clients (section 3.3).
                    Assert.InRange(
                        turns[client] - (turn * tickets[client] / all),
                        -tickets.Length, tickets.Length);
                }
            }

            for (var client = 0; client < tickets.Length; client++)
                Assert.Equal(200 * tickets[client] / all, turns[client], (double)tickets.Length);
        });

    [Fact]
    public void Who_comes_late_makes_up_for_nothing()
    {
        var scheduler = new StrideScheduler();
        scheduler.Add(1, 1);
        for (var turn = 0; turn < 1000; turn++)
            scheduler.Select();
        scheduler.Add(2, 1);
        Assert.Equal([1, 2, 1, 2], Enumerable.Range(0, 4).Select(_ => scheduler.Select()));
    }

    [Fact]
    public void Who_leaves_gets_no_turn()
    {
        var scheduler = new StrideScheduler();
        scheduler.Add(1, 5);
        scheduler.Add(2, 1);
        Assert.True(scheduler.Remove(1));
        Assert.False(scheduler.Remove(1));
        Assert.Equal(2, scheduler.Select());
        scheduler.Remove(2);
        Assert.Throws<InvalidOperationException>(() => scheduler.Select());
    }

    [Fact]
    public void Nobody_is_in_the_row_twice_or_without_tickets()
    {
        var scheduler = new StrideScheduler();
        scheduler.Add(1, 5);
        Assert.Throws<InvalidOperationException>(() => scheduler.Add(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.Add(2, 0));
    }
}
