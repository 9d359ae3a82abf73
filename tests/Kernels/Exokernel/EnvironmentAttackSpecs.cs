using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Network;
using Disguise.Kernels.Exokernel.Revocation;
using Disguise.Kernels.Tests.Exokernel.Scenes;

namespace Disguise.Kernels.Tests.Exokernel;

/// <summary>
/// An environment that gives the operator's orders, takes another's address, and answers with what
/// is another's, on a whole machine; each with its twin, in which the one guard is off.
/// </summary>
public sealed class EnvironmentAttackSpecs
{
    private const int Victim = 0;
    private const int Attacker = 1;

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

    [Fact]
    public void A_binding_to_anothers_address_is_refused_and_the_owner_has_it()
    {
        using var scene = TakeAddress();
        Assert.Equal(
            ExokernelRefusal.NotTheAddress, scene.Environments[Attacker].LastResult.Refusal);
        Assert.Equal(
            ExokernelScene.MacOf(Victim), scene.Nic.StateOf(FunctionOf(scene, Victim))!.Mac);
        Assert.Equal(-1, FunctionOf(scene, Attacker));
    }

    [Fact]
    public void Without_the_guard_of_addresses_the_victims_frames_are_steered_to_the_attacker()
    {
        using var scene = TakeAddress(NetworkGuards.Address);
        Assert.Equal(
            ExokernelRefusal.None, scene.Environments[Attacker].LastResult.Refusal);
        Assert.Equal(
            ExokernelScene.MacOf(Victim), scene.Nic.StateOf(FunctionOf(scene, Attacker))!.Mac);
    }

    [Fact]
    public void An_answer_with_anothers_binding_breaks_nothing()
    {
        using var scene = GiveBack();
        Assert.Equal(0, FunctionOf(scene, Victim));
    }

    [Fact]
    public void Without_the_guard_of_answers_it_breaks_the_victims()
    {
        using var scene = GiveBack(NetworkGuards.GivenBack);
        Assert.Equal(-1, FunctionOf(scene, Victim));
        Assert.Equal(1, FunctionOf(scene, Attacker));
    }

    private static int FunctionOf(ExokernelScene scene, int environment) =>
        scene.Kernel.State.Environments.ByNumber(environment)!.Network?.Function ?? -1;

    /// <summary>Goes on computing, so that its core comes to the next at the end of its slice.
    /// </summary>
    private static async EmulatedTask Bind(TestEnvironment environment, int whose)
    {
        await environment.BindNetwork(whose);
        await environment.Compute();
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

    /// <summary>The attacker binds the victim's address when the victim has bound it.</summary>
    private static ExokernelScene TakeAddress(params Guard[] guardsOff) =>
        new ExokernelScene(guardsOff)
            .With("victim", environment => Bind(environment, Victim))
            .With("attacker", environment => Bind(environment, Victim))
            .Start()
            .Run(4);

    /// <summary>The operator asks the attacker, who answers with the victim's.</summary>
    private static ExokernelScene GiveBack(params Guard[] guardsOff)
    {
        var scene = new ExokernelScene(guardsOff)
            .With("victim", environment => Bind(environment, Victim))
            .With("attacker", environment => Bind(environment, Attacker))
            .Start()
            .Run(2.5);
        Assert.Equal((0, 1), (FunctionOf(scene, Victim), FunctionOf(scene, Attacker)));
        var attacker = scene.Environments[Attacker];
        attacker.OnRequest = _ =>
            attacker.GiveBack(new ExokernelProtocol.GiveBack(RevocableResource.Network, 0));
        scene.Ask("attacker", RevocationOrder.Network);
        return scene.Run(0.8);
    }
}
