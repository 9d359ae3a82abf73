using CsCheck;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;

namespace Disguise.Actors.Tests.Islands;

public class IslandQueueSpecs
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Next_time_and_promise_are_the_least_of_all_islands(bool sameLookahead)
    {
        using var emulation = new Emulation(new EmulationOptions());
        var islands = new Island[9];
        for (var index = 0; index < islands.Length; index++)
        {
            islands[index] = emulation.AddIsland($"island {index}");
            islands[index].LookaheadPs = sameLookahead ? 50 : 10 + (index * 13 % 7);
        }

        var updates = Gen.Select(Gen.Int[0, islands.Length - 1], Gen.Long[0, 1_000]).List[1, 60];
        updates.Sample(
            list =>
            {
                var queue = new IslandQueue(islands);
                var times = new long[islands.Length];
                Array.Fill(times, Picoseconds.Never);
                foreach (var (index, timePs) in list)
                {
                    queue.Lower(islands[index], timePs);
                    times[index] = Math.Min(times[index], timePs);
                    var promisePs = times.Select((time, island) => time == Picoseconds.Never
                        ? Picoseconds.Never
                        : time + islands[island].LookaheadPs).Min();
                    if (queue.NextTimePs != times.Min() || queue.PromisePs != promisePs)
                        return false;
                }

                return true;
            },
            iter: 1_000, threads: 1);
    }

    [Fact]
    public void An_island_without_an_event_in_the_window_is_not_entered()
    {
        using var emulation = new Emulation(new EmulationOptions());
        var idle = emulation.AddIsland("idle");
        var busy = emulation.AddIsland("busy");
        var root = busy.SpawnRoot(ActorProps.Of(() => new Scripted()), "root");
        busy.Schedule(5, root, new Rung(), null);
        var queue = new IslandQueue([idle, busy]);
        queue.Refresh();

        var thread = new Thread(() => queue.RunUntil(10));
        thread.Start();
        thread.Join();

        idle.RequireOwnThread();
        Assert.Throws<InvalidOperationException>(busy.RequireOwnThread);
        Assert.Equal(1, busy.Deliveries.Total);
        Assert.Equal(Picoseconds.Never, queue.NextTimePs);
    }
}
