using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Processor;
using Disguise.Kernels.Tests.Exokernel.Scenes;

namespace Disguise.Kernels.Tests.Exokernel;

/// <summary>An environment that ignores the end of its slice, on a whole machine.</summary>
public sealed class SliceAttackSpecs
{
    [Fact]
    public void Environments_that_save_their_contexts_share_the_core_slice_by_slice()
    {
        using var scene = Scene();
        scene.Run(40);
        Assert.InRange(scene.Environments[0].Done, 20 * 1_500, 20 * 1_600);
        Assert.InRange(scene.Environments[1].Done, 20 * 1_500, 20 * 1_600);
        Assert.InRange(scene.Environments[0].Ends, 19, 20);
    }

    [Fact]
    public void Who_overstays_is_destroyed_and_its_neighbour_goes_on()
    {
        using var scene = Scene();
        scene.Environments[0].Overstays = true;
        scene.Run(12);
        Assert.True(scene.Environments[0].IsEnded);
        Assert.Equal(1, scene.Kernel.EnvironmentCount);
        var before = scene.Environments[1].Done;
        scene.Run(10);
        Assert.InRange(scene.Environments[1].Done - before, 10 * 1_550, 10 * 1_600);
    }

    [Fact]
    public void Who_overstays_for_a_while_pays_with_as_many_slices()
    {
        using var scene = Scene();
        scene.Environments[0].Overstays = true;
        scene.Run(4.5);
        scene.Environments[0].Overstays = false;
        scene.Environments[0].SaveNow();
        var before = scene.Environments[0].Done;
        scene.Run(3.9);
        Assert.Equal(before, scene.Environments[0].Done);
        scene.Run(1);
        Assert.NotEqual(before, scene.Environments[0].Done);
    }

    [Fact]
    public void Without_the_guard_of_excess_the_neighbour_never_runs_again()
    {
        using var scene = Scene(ProcessorGuards.Excess);
        scene.Environments[0].Overstays = true;
        scene.Run(1_000);
        Assert.False(scene.Environments[0].IsEnded);
        Assert.Equal(0, scene.Environments[1].Done);
    }

    [Fact]
    public void Nobody_takes_anothers_time_by_a_credential_of_its_own()
    {
        using var scene = Thief(0);
        Assert.Equal(ExokernelRefusal.NotDominated, scene.Environments[1].LastResult.Refusal);
        var before = scene.Environments[0].Done;
        scene.Run(10);
        Assert.InRange(scene.Environments[0].Done - before, 5 * 1_500, 10 * 1_600);
    }

    [Fact]
    public void A_slice_is_given_back_by_whoever_was_given_its_capability()
    {
        using var scene = new ExokernelScene()
            .With("victim", async environment =>
            {
                var own = Capability.OfEnvironment(0, 0);
                await environment.Call(new MemoryCall.Forge(0, 3, own.Below(
                    7, CapabilityPermissions.All)));
                Assert.Equal(
                    ExokernelRefusal.None,
                    (await environment.Call(new KernelCall.AllocateSlice(9, 3))).Refusal);
                await environment.Call(new MemoryCall.Offer(3, 1, own.Below(
                    7, CapabilityPermissions.Modify)));
                await environment.Compute();
            })
            .With("manager", async environment =>
            {
                await environment.Call(new MemoryCall.Acquire(0, 5));
                var refused = await environment.Call(new KernelCall.FreeSlice(0, 5));
                Assert.Equal(ExokernelRefusal.NotDominated, refused.Refusal);
                var empty = await environment.Call(new KernelCall.FreeSlice(9, 6));
                Assert.Equal(ExokernelRefusal.EmptySlot, empty.Refusal);
                await environment.Call(new KernelCall.FreeSlice(9, 5));
                await environment.Compute();
            })
            .Start();
        scene.Run(4);
        Assert.Equal(ExokernelRefusal.None, scene.Environments[1].LastResult.Refusal);
        Assert.True(scene.Environments[1].Done > 0);
        scene.Run(10);
        Assert.InRange(scene.Environments[0].Done, 5 * 1_500, 8 * 1_600);
    }

    [Fact]
    public void No_slice_is_taken_with_a_credential_that_could_never_give_it_back()
    {
        using var scene = new ExokernelScene()
            .With("careless", async environment =>
            {
                await environment.Call(new MemoryCall.Forge(
                    0, 3, Capability.OfEnvironment(0, 0).Below(7, CapabilityPermissions.Write)));
                await environment.Call(new KernelCall.AllocateSlice(9, 3));
                await environment.Compute();
            })
            .Start();
        scene.Run(2);
        Assert.Equal(
            ExokernelRefusal.IncompleteCredential,
            scene.Environments[0].LastResult.Refusal);
    }

    [Fact]
    public void Without_the_guard_of_slices_the_victim_never_runs_again()
    {
        using var scene = Thief(0, ProcessorGuards.Capability);
        Assert.Equal(ExokernelRefusal.None, scene.Environments[1].LastResult.Refusal);
        var before = scene.Environments[0].Done;
        scene.Run(10);
        Assert.Equal(before, scene.Environments[0].Done);
    }

    private static ExokernelScene Thief(
        int position, params Disguise.Actors.Faults.Guard[] guardsOff)
    {
        var scene = new ExokernelScene(guardsOff)
            .With("victim", environment => environment.Compute())
            .With("thief", async environment =>
            {
                await environment.Call(new KernelCall.FreeSlice(position, 0));
                await environment.Compute();
            })
            .Start();
        return scene.Run(3);
    }

    private static ExokernelScene Scene(params Disguise.Actors.Faults.Guard[] guardsOff)
    {
        var scene = new ExokernelScene(guardsOff)
            .With("first", environment => environment.Compute())
            .With("second", environment => environment.Compute())
            .Start();
        scene.Run(0.1);
        return scene;
    }
}
