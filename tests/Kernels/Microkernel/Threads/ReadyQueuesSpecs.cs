using CsCheck;
using Disguise.Kernels.Microkernel.Domains;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Threads;
using Xunit;

namespace Disguise.Kernels.Tests.Microkernel.Threads;

/// <summary>Who of the threads of a core runs next.</summary>
public sealed class ReadyQueuesSpecs
{
    private readonly Domain domain = new(1, "server.echo", null);

    [Fact]
    public void The_highest_priority_runs_first_and_among_equals_who_has_waited_longest() =>
        Gen.Int[0, ReadyQueues.PriorityCount - 1].Array[0, 100].Sample(priorities =>
        {
            var queues = new ReadyQueues();
            var threads = priorities.Select(Make).ToList();
            foreach (var thread in threads)
                queues.Add(thread);

            Assert.Equal(priorities.Length == 0 ? -1 : priorities.Max(), queues.HighestPriority);
            foreach (var expected in threads.OrderByDescending(thread => thread.Priority))
                Assert.Same(expected, queues.Take());
            Assert.Null(queues.Take());
            Assert.Equal(-1, queues.HighestPriority);
        });

    [Fact]
    public void Who_was_interrupted_stands_before_its_equals_and_who_is_removed_nowhere()
    {
        var queues = new ReadyQueues();
        var (first, second, interrupted) = (Make(5, 0), Make(5, 1), Make(5, 2));
        queues.Add(first);
        queues.Add(second);
        queues.AddFirst(interrupted);
        queues.Remove(first);

        Assert.Same(interrupted, queues.Take());
        Assert.Same(second, queues.Take());
        Assert.Null(queues.Take());
        Assert.Throws<InvalidOperationException>(() => queues.Remove(Make(6, 3)));
    }

    private ThreadControlBlock Make(int priority, int number) =>
        new(number, domain, new ThreadRegisters(), priority, 0);
}
