using Disguise.Actors.Faults;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Tests.Exokernel.Scenes;

namespace Disguise.Kernels.Tests.Exokernel;

/// <summary>
/// An environment that gives the operator's orders on a whole machine, with its twin, in which the
/// one guard is off.
/// </summary>
public sealed class EnvironmentAttackSpecs
{
    private const int Victim = 0;

    [Fact]
    public void An_order_of_the_operator_is_not_taken_from_an_environment()
    {
        using var scene = Order();
        Assert.Equal(2, scene.Kernel.RefusedOrderCount);
        Assert.False(scene.Environments[Victim].IsEnded);
        var before = scene.Environments[Victim].Done;
        scene.Run(4);
        Assert.NotEqual(before, scene.Environments[Victim].Done);
    }

    [Fact]
    public void Without_the_guard_of_orders_one_environment_ends_another()
    {
        using var scene = Order(EnvironmentGuards.Orders);
        Assert.Equal(0, scene.Kernel.RefusedOrderCount);
        Assert.True(scene.Environments[Victim].IsEnded);
        Assert.Equal(1, scene.Kernel.EnvironmentCount);
    }

    /// <summary>The attacker takes the victim's slices, and ends it.</summary>
    private static ExokernelScene Order(params Guard[] guardsOff)
    {
        ExokernelScene? scene = null;
        scene = new ExokernelScene(guardsOff)
            .With("victim", environment => environment.Compute())
            .With("attacker", async environment =>
            {
                await environment.Say(new ExokernelProtocol.Revoke(new RevocationOrder(
                    "server.victim", RevocationOrder.TimeSlice, Asks: false, null, 0)));
                await environment.Say(
                    ExokernelProtocol.EndEnvironment.Instance,
                    scene!.Environments[Victim].Ordinal);
            });
        return scene.Start().Run(4);
    }
}
