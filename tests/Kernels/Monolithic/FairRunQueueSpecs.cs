using CsCheck;
using Disguise.Kernels.Monolithic.Scheduling;

namespace Disguise.Kernels.Tests.Monolithic;

public class FairRunQueueSpecs
{
    [Fact]
    public void Who_has_run_least_is_next_whatever_came_and_went()
    {
        // Each order adds a task with a runtime, takes the first, or removes one by its place.
        var order = Gen.Select(Gen.Int[0, 5], Gen.Long[0, 50]);
        order.Array[1, 200].Sample(orders =>
        {
            var queue = new FairRunQueue<FakeTask>();
            var model = new List<FakeTask>();
            var number = 0;
            foreach (var (kind, value) in orders)
            {
                if (kind <= 2 || model.Count == 0)
                {
                    var task = new FakeTask(number++, value);
                    queue.Add(task);
                    model.Add(task);
                }
                else if (kind <= 4)
                {
                    var expected = model.OrderBy(one => one.RuntimePs).ThenBy(one => one.Number)
                        .First();
                    Assert.Same(expected, queue.First);
                    Assert.Same(expected, queue.TakeFirst());
                    model.Remove(expected);
                }
                else
                {
                    var removed = model[(int)(value % model.Count)];
                    Assert.True(queue.Remove(removed));
                    Assert.False(queue.Remove(removed));
                    model.Remove(removed);
                }

                Assert.Equal(model.Count, queue.Count);
            }
        });
    }

    [Fact]
    public void The_least_runtime_follows_who_runs_and_who_is_next_and_never_falls()
    {
        var queue = new FairRunQueue<FakeTask>();
        queue.Advance(new FakeTask(1, 500));
        Assert.Equal(500, queue.MinimumRuntimePs);

        queue.Add(new FakeTask(2, 300));
        queue.Advance(new FakeTask(1, 900));
        Assert.Equal(500, queue.MinimumRuntimePs);

        queue.TakeFirst();
        queue.Advance(new FakeTask(1, 900));
        Assert.Equal(900, queue.MinimumRuntimePs);
    }

    [Fact]
    public void An_empty_queue_has_nobody_to_give()
    {
        var queue = new FairRunQueue<FakeTask>();
        Assert.Null(queue.First);
        Assert.Throws<InvalidOperationException>(queue.TakeFirst);
    }

    private sealed record FakeTask(int Number, long RuntimePs) : IFairTask;
}
