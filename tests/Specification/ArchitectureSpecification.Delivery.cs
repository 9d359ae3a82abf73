using Disguise.Specification.Clauses;
using Disguise.Specification.Worlds;
using Xunit;

namespace Disguise.Specification;

public abstract partial class ArchitectureSpecification
{
    private const long PollTurnsPs = Us / 100;

    /// <summary>Every request is answered once, with the bytes of the library's own frames.
    /// </summary>
    [Clause]
    public void Every_request_is_answered_once_and_in_order()
    {
        using var world = Serving(PlanOf(Echo("left"), Echo("right")) with { Stations = 4 });
        world.Stations[0].Plan(Series(world, 0, 0, 30, 20 * Us, 64));
        world.Stations[1].Plan(Series(world, 1, 1, 30, 20 * Us, 1_472));
        world.Stations[2].Plan(Series(world, 2, 0, 30, 20 * Us, 1, 7 * Us));
        world.Stations[3].Plan(Series(world, 3, 1, 30, 20 * Us, 333, 3 * Us));

        world.Run(2 * Ms);

        foreach (var station in world.Stations)
            AssertAnswered(station);
    }

    /// <summary>Frames that come faster than they are served wait, and are answered in order.
    /// </summary>
    [Clause]
    public void A_burst_is_answered_in_order()
    {
        using var world = Serving(PlanOf(Echo("echo", workPs: 2 * Us)) with { Stations = 2 });
        world.Stations[0].Plan(Series(world, 0, 0, 8, 100_000, 64));
        world.Stations[1].Plan(Series(world, 1, 0, 8, 100_000, 200, 50_000));

        world.Run(Ms);

        foreach (var station in world.Stations)
            AssertAnswered(station);
    }

    /// <summary>The work that an experiment asks for costs that time and no other.</summary>
    [Clause]
    public void The_applications_own_work_takes_its_time()
    {
        var idle = LatencyOfOne(0);
        var busy = LatencyOfOne(10 * Us);

        // A poll is seen at the end of its turn, so each may add or take one.
        Assert.InRange(busy - idle, (10 * Us) - PollTurnsPs, (10 * Us) + PollTurnsPs);
    }

    /// <summary>The same seed gives the same run, on any number of threads.</summary>
    [Clause]
    public void A_seed_decides_the_run()
    {
        var first = HashOf(1);

        Assert.Equal(first, HashOf(1));
        Assert.Equal(first, HashOf(2));
    }

    private long LatencyOfOne(long workPs)
    {
        using var world = Serving(PlanOf(Echo("echo", workPs)) with { Stations = 1 });
        // The first requests fill what remembers translations and neighbours.
        world.Stations[0].Plan(Series(world, 0, 0, 8, 50 * Us, 64));
        world.Run(Ms);
        AssertAnswered(world.Stations[0]);
        return LatenciesOf(world.Stations[0])[^1];
    }

    private string HashOf(int threads)
    {
        using var world = Serving(
            PlanOf(Echo("left"), Echo("right", Us)) with { Threads = threads });
        world.Stations[0].Plan(Series(world, 0, 0, 20, 5 * Us, 64));
        world.Stations[1].Plan(Series(world, 1, 1, 20, 3 * Us, 100));
        world.Run(Ms);
        foreach (var station in world.Stations)
            AssertAnswered(station);
        return world.Hash();
    }
}
