using Disguise.Actors.Islands;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Applications;
using Disguise.Specification.Applications;
using Disguise.Specification.Clauses;
using Disguise.Specification.Worlds;
using Xunit;

namespace Disguise.Specification;

public abstract partial class ArchitectureSpecification
{
    /// <summary>A port that is bound cannot be bound again; the service goes on.</summary>
    [Clause]
    public void A_port_in_use_is_refused()
    {
        var application = new PortHoarder(
            SpecificationWorld.Port, _ => SpecificationWorld.Port, attempts: 1);

        AssertServesAfterRefusal(application);

        Assert.NotNull(application.Refusal);
        Assert.NotEqual(BindResult.Bound, application.Refusal);
    }

    /// <summary>Nobody can bind ports without end; the service goes on.</summary>
    [Clause]
    public void Too_many_ports_are_refused()
    {
        var application = new PortHoarder(
            SpecificationWorld.Port, attempt => (ushort)(1_000 + attempt), attempts: 60_000);

        AssertServesAfterRefusal(application);

        Assert.NotNull(application.Refusal);
    }

    /// <summary>A call with a pointer to what is not the caller's is refused.</summary>
    [Clause]
    public void A_bad_pointer_is_refused()
    {
        var application = CallWithBadPointer;
        Assert.True(
            application is not null,
            "name an application that passes a bad pointer, or say why the clause does not apply");

        AssertServesAfterRefusal(application);
    }

    /// <summary>
    /// Of more tenants than the card has functions for, each is served or refused with a reason.
    /// </summary>
    [Clause]
    public void A_tenant_too_many_is_served_or_refused_with_a_reason()
    {
        using var world = new SpecificationWorld(
            PlanOf(Echo("first"), Echo("second"), Echo("third")) with
            {
                VirtualFunctions = 2,
                Stations = 3,
            });

        AssertServedOrRefused(world, 3);
        Assert.Contains(SpecificationWorld.AddressOf("first"), world.Ready);
        Assert.Contains(SpecificationWorld.AddressOf("second"), world.Ready);
    }

    /// <summary>Where memory ends, so do tenants: with a reason, and the others serve.</summary>
    [Clause]
    public void A_tenant_without_memory_left_is_refused_with_a_reason()
    {
        const int Tenants = 12;
        var tenants = Enumerable.Range(0, Tenants)
            .Select(number => Echo($"tenant{number}")).ToArray();
        // How much a kernel and its tenants take is the architecture's own: halving the distance
        // between too little to boot and enough for all finds where some are refused.
        var tooLittle = 0L;
        var enough = (64L << 20) / Frame.SizeBytes;
        var refused = 0;
        while (refused == 0)
        {
            Assert.True(enough - tooLittle > 1, $"nobody was refused in {enough} frames or less");
            var frames = (tooLittle + enough) / 2;
            using var world = TryBoot(PlanOf(tenants) with
            {
                MemoryBytes = Frame.AddressOf(frames),
                Cores = Tenants + 2,
                VirtualFunctions = Tenants,
                Stations = Tenants,
            });
            if (world is null)
            {
                tooLittle = frames;
                continue;
            }

            enough = frames;
            AssertServedOrRefused(world, Tenants);
            refused = world.Failed.Count;
            var findings = new List<string>();
            world.Kernel.CheckFrames(findings);
            Assert.Empty(findings);
        }
    }

    /// <summary>A world, or null where the memory is too little for the kernel itself.</summary>
    private static SpecificationWorld? TryBoot(WorldPlan plan)
    {
        try
        {
            return new SpecificationWorld(plan);
        }
        catch (BrokenInvariantException)
        {
            return null;
        }
    }

    private void AssertServesAfterRefusal(IApplication application)
    {
        using var world = Serving(
            PlanOf(new PlannedTenant("asker", application), Echo("neighbour")));
        world.Stations[0].Plan(Series(world, 0, 0, 5, 100 * Us, 64, 5 * Ms));
        world.Stations[1].Plan(Series(world, 1, 1, 5, 100 * Us, 64, 5 * Ms));

        world.Run(10 * Ms);

        AssertAnswered(world.Stations[0]);
        AssertAnswered(world.Stations[1]);
    }

    private static void AssertServedOrRefused(SpecificationWorld world, int tenants)
    {
        Assert.Equal(tenants, world.Ready.Count + world.Failed.Count);
        Assert.All(world.Failed.Values, reason => Assert.NotEqual("", reason.Trim()));
        for (var tenant = 0; tenant < tenants; tenant++)
            world.Stations[tenant].Plan(Series(world, tenant, tenant, 3, 50 * Us, 64));
        world.Run(Ms);
        for (var tenant = 0; tenant < tenants; tenant++)
        {
            if (world.Stations[tenant].Arrivals.Count > 0)
                AssertAnswered(world.Stations[tenant]);
        }

        Assert.Equal(
            world.Ready.Count, world.Stations.Count(station => station.Arrivals.Count > 0));
    }
}
