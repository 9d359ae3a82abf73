using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Host.Composition;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Microkernel.Servers;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Waiting;
using Disguise.Specification.Applications;
using Disguise.Specification.Worlds;

namespace Disguise.Host.Tests.Runs;

/// <summary>
/// Crashes, limits and overload of a whole machine with servers: every frame is answered or
/// dropped for a reason, and the hash is that of any number of threads.
/// </summary>
public sealed class MicrokernelMachineSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;
    private const long Ms = Picoseconds.PerMillisecond;

    [Fact]
    public void A_process_that_crashes_under_load_leaves_nothing_behind()
    {
        var first = Run(Crash, 1, AssertCleared);

        Assert.Equal(first, Run(Crash, 2, AssertCleared));
    }

    [Fact]
    public void A_socket_that_is_full_drops_for_that_reason_and_goes_on()
    {
        void AssertFull(SpecificationWorld world)
        {
            AssertBalanced(world);
            Assert.True(Dropped(world, ServerDrops.SocketFull.Name) > 0);
            Assert.InRange(world.Stations[0].Arrivals.Count, 64, 399);
            AssertNeighbourServed(world);
        }

        var first = Run(Flood, 1, AssertFull);

        Assert.Equal(first, Run(Flood, 2, AssertFull));
    }

    [Fact]
    public void A_limited_tenant_fills_its_socket_and_not_its_neighbours()
    {
        void AssertLimited(SpecificationWorld world)
        {
            AssertBalanced(world);
            Assert.True(Dropped(world, ServerDrops.SocketFull.Name) > 0);
            // 100 Mb/s for 8 ms, and what may go at once.
            Assert.InRange(world.Stations[0].Arrivals.Count, 70, 180);
            AssertNeighbourServed(world);
        }

        var first = Run(Limit, 1, AssertLimited);

        Assert.Equal(first, Run(Limit, 2, AssertLimited));
    }

    [Fact]
    public void A_ring_that_is_full_drops_for_that_reason_and_is_filled_again()
    {
        void AssertFull(SpecificationWorld world)
        {
            AssertBalanced(world);
            Assert.True(Dropped(world, "no-descriptor") > 0);
            // What comes when all is over is served again.
            Assert.Equal(
                world.Stations[0].Requests[^1].Answer,
                world.Stations[0].Arrivals[^1].Frame);
        }

        var first = Run(Overload, 1, AssertFull);

        Assert.Equal(first, Run(Overload, 2, AssertFull));
    }

    private static void Crash(SpecificationWorld world) => PlanSeries(world, 0, 60, 10 * Us);

    private static void Flood(SpecificationWorld world) => PlanSeries(world, 0, 400, 2 * Us);

    private static void Limit(SpecificationWorld world) => PlanSeries(world, 0, 800, 10 * Us);

    private static void Overload(SpecificationWorld world)
    {
        PlanSeries(world, 0, 3_000, Us / 5, 18);
        world.Stations[0].Plan(
        [
            new Request(
                world.StartPs + (9 * Ms), SpecificationWorld.Between(0, 0), [1, 2, 3, 4]),
        ]);
    }

    private static void PlanSeries(
        SpecificationWorld world, int tenant, int count, long intervalPs,
        int payloadBytes = 900) =>
        world.Stations[tenant].Plan(Enumerable.Range(0, count).Select(number => new Request(
            world.StartPs + Us + (number * intervalPs),
            SpecificationWorld.Between(tenant, tenant),
            [.. Enumerable.Range(0, payloadBytes).Select(place => (byte)(number + place))])));

    private static string Run(
        Action<SpecificationWorld> plan, int threads, Action<SpecificationWorld> check)
    {
        IApplication hit = plan == Crash
            ? new CrashingEcho(SpecificationWorld.Port, 20)
            : new UdpEcho(SpecificationWorld.Port, plan == Flood ? 10 * Us : 0);
        using var world = new SpecificationWorld(new WorldPlan
        {
            Architecture = Architectures.Of("microkernel"),
            Platform = "xeon-e5-2430-x520",
            Profile = "extaris",
            Interface = TenantInterface.Posix,
            Wait = WaitPolicy.Doorbell,
            Guards = Guards.All,
            Threads = threads,
            Tenants =
            [
                new PlannedTenant("hit", hit)
                {
                    RateLimitBitsPerSecond = plan == Limit ? 100_000_000 : 0,
                },
                new PlannedTenant(
                    "neighbour", new UdpEcho(SpecificationWorld.Port, 0)),
            ],
        });
        Assert.Equal(2, world.Ready.Count);
        plan(world);
        PlanSeries(world, 1, 50, 100 * Us);
        world.Run(plan == Limit ? 8 * Ms : 10 * Ms);
        world.Run(10 * Ms);
        check(world);
        return world.Hash();
    }

    private static void AssertCleared(SpecificationWorld world)
    {
        AssertBalanced(world);
        Assert.Equal(20, world.Stations[0].Arrivals.Count);
        Assert.True(Dropped(world, ServerDrops.NoTenant.Name) > 0);
        AssertNeighbourServed(world);
        var kernel = ((MicrokernelView)world.Kernel).Nucleus;
        var owners = kernel.Capabilities.Select(capability => capability.Owner).Distinct();
        // The kernel, the driver, the network server, the neighbour.
        Assert.Equal(4, owners.Count());
    }

    private static void AssertBalanced(SpecificationWorld world)
    {
        foreach (var (component, counters) in world.Counters())
            Assert.True(counters.Inside == 0, $"{component}: {counters.Inside} frames inside");
        Assert.Equal(0, world.FramesAlive);
        var findings = new List<string>();
        world.Kernel.CheckFrames(findings);
        world.Kernel.CheckCapabilities(findings);
        Assert.Empty(findings);
    }

    private static void AssertNeighbourServed(SpecificationWorld world) => Assert.Equal(
        world.Stations[1].Requests.Select(request => Convert.ToHexString(request.Answer)),
        world.Stations[1].Arrivals.Select(arrival => Convert.ToHexString(arrival.Frame)));

    private static long Dropped(SpecificationWorld world, string reason) => world.Counters()
        .SelectMany(one => one.Counters.DroppedByReason())
        .Where(dropped => dropped.Reason.Name == reason)
        .Sum(dropped => dropped.Count);
}
