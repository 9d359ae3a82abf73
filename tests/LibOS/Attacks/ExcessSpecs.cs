using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Arrakis;
using Disguise.LibOS.Tests.Worlds;

namespace Disguise.LibOS.Tests.Attacks;

/// <summary>What harms its author alone.</summary>
public sealed class ExcessSpecs
{
    [Fact]
    public void A_tenant_that_polls_where_nothing_is_mapped_crashes_and_nobody_else()
    {
        using var scene = new AttackScene(Guards.All, PollNowhere).Run();

        Assert.Single(scene.World.Kernel.ControlPlane.Containers());
        Assert.Equal(0, scene.Load.Counters.Lost);
        Assert.True(scene.Load.Counters.Received > 50);
    }

    [Fact]
    public void A_tenant_has_a_limited_number_of_contexts()
    {
        using var scene = new AttackScene(Guards.All, StartContexts).Run();

        Assert.Equal(1_000 - 63, scene.World.Kernel.RefusedOrderCount);
        Assert.Equal(0, scene.Load.Counters.Lost);
    }

    private static async EmulatedTask PollNowhere(HostileDomain domain)
    {
        await domain.SetUp();
        await domain.Work(Picoseconds.PerMillisecond);
        await domain.Cpu.PollUntilWritten(0x7000_0000);
    }

    private static async EmulatedTask StartContexts(HostileDomain domain)
    {
        for (var number = 1; number <= 1_000; number++)
        {
            await domain.Say(new ArrakisProtocol.StartContext(new CpuContext(
                domain.Me, number, domain.Environment.Costs, domain.Environment.Account)));
        }
    }
}
