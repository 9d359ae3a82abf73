using Disguise.Specification.Applications;
using Disguise.Specification.Clauses;
using Disguise.Specification.Worlds;
using Xunit;

namespace Disguise.Specification;

public abstract partial class ArchitectureSpecification
{
    /// <summary>
    /// An application that fails takes its tenant with it and nothing else: the neighbour's
    /// latencies stay what they are, and the memory comes back.
    /// </summary>
    [Clause]
    public void A_crash_takes_its_own_tenant_and_no_other()
    {
        using var calm = Serving(PlanOf(Echo("first"), Echo("neighbour")));
        using var world = Serving(PlanOf(
            new PlannedTenant("first", new CrashingEcho(SpecificationWorld.Port, 5)),
            Echo("neighbour")));
        foreach (var one in new[] { calm, world })
        {
            one.Stations[0].Plan(Series(one, 0, 0, 20, 50 * Us, 64, 20 * Us));
            one.Stations[1].Plan(Series(one, 1, 1, 20, 50 * Us, 64));
        }

        var findings = new List<string>();
        var framesBefore = world.Kernel.CheckFrames(findings);
        var capabilitiesBefore = world.Kernel.CheckCapabilities(findings);
        calm.Run(3 * Ms);
        world.Run(3 * Ms);

        AssertAnswered(calm.Stations[0]);
        Assert.Equal(5, world.Stations[0].Arrivals.Count);
        AssertAnswered(world.Stations[1]);
        AssertAlike(LatenciesOf(calm.Stations[1]), LatenciesOf(world.Stations[1]));
        var framesAfter = world.Kernel.CheckFrames(findings);
        var capabilitiesAfter = world.Kernel.CheckCapabilities(findings);
        Assert.Empty(findings);
        Assert.True(
            framesAfter < framesBefore, $"{framesBefore} frames before, {framesAfter} after");
        Assert.True(
            capabilitiesAfter <= capabilitiesBefore,
            $"{capabilitiesBefore} capabilities before, {capabilitiesAfter} after");
    }

    /// <summary>An access outside the tenant's own memory is a crash of the tenant.</summary>
    [Clause]
    public void A_wild_access_ends_its_own_tenant_and_no_other()
    {
        var trespasser = new Trespasser(SpecificationWorld.Port, 0x7EAD_BEEF_F000);
        using var world = Serving(
            PlanOf(new PlannedTenant("wild", trespasser), Echo("neighbour")));
        world.Stations[0].Plan(Series(world, 0, 0, 5, 50 * Us, 64));
        world.Stations[1].Plan(Series(world, 1, 1, 20, 50 * Us, 64, 20 * Us));

        world.Run(3 * Ms);

        Assert.Empty(world.Stations[0].Arrivals);
        AssertAnswered(world.Stations[1]);
    }

    /// <summary>
    /// The operator can take a tenant's network by force: the kernel says when it is done, no
    /// frame of the tenant comes after that, and its neighbour does not notice.
    /// </summary>
    [Clause]
    public void A_network_taken_by_force_is_gone_and_no_other()
    {
        using var calm = Serving(PlanOf(Echo("first"), Echo("neighbour")));
        using var world = Serving(PlanOf(Echo("first"), Echo("neighbour")));
        foreach (var one in new[] { calm, world })
        {
            one.Stations[0].Plan(Series(one, 0, 0, 20, 50 * Us, 64, 20 * Us));
            one.Stations[1].Plan(Series(one, 1, 1, 20, 50 * Us, 64));
        }

        var orderedPs = world.StartPs + (500 * Us);
        world.RevokeNetwork("first", orderedPs);
        calm.Run(3 * Ms);
        world.Run(3 * Ms);

        var revoked = Assert.Single(world.Revocations);
        Assert.Equal(SpecificationWorld.AddressOf("first"), revoked.Address);
        Assert.Equal(orderedPs, revoked.OrderedPs);
        Assert.InRange(revoked.DonePs, orderedPs, orderedPs + Ms);
        Assert.NotEqual(0, revoked.Taken);
        Assert.NotEmpty(world.Stations[0].Arrivals);
        // What was on the wire when it was taken may still arrive.
        Assert.All(
            world.Stations[0].Arrivals,
            arrival => Assert.InRange(arrival.AtPs, 0, revoked.DonePs + (5 * Us)));
        AssertAnswered(world.Stations[1]);
        AssertAlike(LatenciesOf(calm.Stations[1]), LatenciesOf(world.Stations[1]));
    }

    /// <summary>A tenant whose network is taken twice has nothing left to take.</summary>
    [Clause]
    public void A_network_is_taken_once()
    {
        using var world = Serving(PlanOf(Echo("first"), Echo("neighbour")));
        world.Stations[1].Plan(Series(world, 1, 1, 20, 50 * Us, 64));
        world.RevokeNetwork("first", world.StartPs + (100 * Us));
        world.RevokeNetwork("first", world.StartPs + (500 * Us));

        world.Run(3 * Ms);

        Assert.Equal(2, world.Revocations.Count);
        Assert.NotEqual(0, world.Revocations[0].Taken);
        Assert.Equal(0, world.Revocations[1].Taken);
        AssertAnswered(world.Stations[1]);
    }

    private static void AssertAlike(IReadOnlyList<long> expected, IReadOnlyList<long> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var index = 0; index < expected.Count; index++)
        {
            Assert.InRange(
                actual[index], expected[index] - SharedWirePs, expected[index] + SharedWirePs);
        }
    }
}
