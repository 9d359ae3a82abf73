using Disguise.Actors.Time;
using Disguise.Kernels.Exokernel.Processor;

namespace Disguise.Kernels.Tests.Exokernel.Processor;

public class DonationSpecs
{
    [Fact]
    public void A_yield_gives_the_rest_of_the_slice_to_a_named_environment()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(1, 1);
        var endPs = scene.Start().TimerPs;
        scene.Run(0.25);
        Assert.Equal(SliceRefusal.None, scene.Core.CheckYield(0, 2));
        var given = scene.Take(scene.Core.Yield(0, 2, scene.NowPs));
        Assert.Equal(
            (SliceAction.StartSlice, 2, endPs),
            (given.Action, given.Environment, given.TimerPs));
        scene.Run(2.75);
        Assert.Equal(
            ["StartSlice 0", "StartSlice 2", "EndSlice 2", "StartSlice 1", "EndSlice 1",
                "StartSlice 0", "EndSlice 0", "StartSlice 1"],
            scene.Story);
    }

    [Fact]
    public void A_yield_to_one_who_sleeps_gives_the_core_to_the_next()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(1, 1);
        scene.Times.Sleep(2, Picoseconds.Never);
        scene.Start();
        var next = scene.Core.Yield(0, 2, 10);
        Assert.Equal((1, true, 3), (next.Environment, next.IsDonationLost, next.Products));
        scene.MakeDue(2);
        Assert.Equal(2, scene.Core.Yield(1, 2, 20).Environment);
    }

    [Fact]
    public void A_yield_needs_the_core_and_somebody_to_yield_to()
    {
        var scene = new ProcessorScene().Hold(0, 0);
        scene.Start();
        Assert.Equal(SliceRefusal.NotRunning, scene.Core.CheckYield(1, 2));
        Assert.Equal(SliceRefusal.NoSuchEnvironment, scene.Core.CheckYield(0, 77));
        Assert.Equal(SliceRefusal.NoSuchEnvironment, scene.Core.CheckYield(0, -1));
        Assert.Equal(SliceAction.Continue, scene.Core.Yield(0, 0, 5).Action);
    }

    [Fact]
    public void After_the_end_of_its_slice_nobody_has_anything_to_give()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(1, 1);
        scene.Overstaying.Add(0);
        scene.Start();
        scene.Run(1.5);
        var next = scene.Core.Yield(0, 2, scene.NowPs);
        Assert.Equal((1, true), (next.Environment, next.IsDonationLost));
    }

    [Fact]
    public void An_asynchronous_transfer_gives_the_rest_of_this_slice_only()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(1, 1);
        scene.Times.Sleep(2, Picoseconds.Never);
        scene.Start();
        var entered = scene.Take(scene.Core.Enter(0, 2, isSynchronous: false, 100));
        Assert.Equal((SliceAction.Enter, 2), (entered.Action, entered.Environment));
        Assert.False(scene.Times[2].IsAsleep);
        scene.Run(2);
        Assert.Equal(0, scene.Core.Running);
    }

    [Fact]
    public void A_synchronous_transfer_gives_all_later_slices_until_it_returns()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(1, 1);
        scene.Start();
        scene.Take(scene.Core.Enter(0, 2, isSynchronous: true, 100));
        scene.Run(2);
        Assert.Equal(2, scene.Core.Running);
        scene.Run(2);
        Assert.Equal(2, scene.Core.Running);
        Assert.Equal(SliceRefusal.None, scene.Core.CheckReturn(2, 0));
        var back = scene.Take(scene.Core.Return(2, 0, scene.NowPs));
        Assert.Equal((SliceAction.Resume, 0), (back.Action, back.Environment));
        scene.Run(2);
        Assert.Equal(0, scene.Core.Running);
        Assert.Equal(SliceRefusal.NotEntered, scene.Core.CheckReturn(0, 2));
    }

    [Fact]
    public void A_transfer_is_handed_on_in_a_row()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(3, 1);
        scene.Start();
        scene.Take(scene.Core.Enter(0, 1, isSynchronous: true, 100));
        scene.Take(scene.Core.Enter(1, 2, isSynchronous: true, 200));
        scene.Run(2);
        Assert.Equal(2, scene.Core.Running);
        Assert.Equal(SliceRefusal.NotEntered, scene.Core.CheckReturn(2, 0));
        scene.Take(scene.Core.Return(2, 1, scene.NowPs));
        scene.Take(scene.Core.Return(1, 0, scene.NowPs));
        Assert.Equal(0, scene.Core.Running);
    }

    [Fact]
    public void Nobody_is_entered_who_waits_or_runs_or_does_not_exist()
    {
        var scene = new ProcessorScene(cores: 2).Hold(0, 0);
        scene.Cores[1].Vector.Allocate(3, 0);
        scene.Start();
        scene.Take(scene.Cores[1].Reconsider(0), 1);
        Assert.Equal(SliceRefusal.Busy, scene.Core.CheckEnter(0, 3, isSynchronous: true));
        Assert.Equal(SliceRefusal.Busy, scene.Core.CheckEnter(0, 0, isSynchronous: true));
        Assert.Equal(
            SliceRefusal.NoSuchEnvironment, scene.Core.CheckEnter(0, 9, isSynchronous: false));
        scene.Take(scene.Core.Enter(0, 1, isSynchronous: true, 100));
        Assert.Equal(SliceRefusal.Busy, scene.Core.CheckEnter(1, 0, isSynchronous: true));
        Assert.Equal(SliceRefusal.NotRunning, scene.Core.CheckEnter(0, 2, isSynchronous: true));
    }

    [Fact]
    public void A_row_of_transfers_has_a_limit()
    {
        var scene = new ProcessorScene(environments: 40).Hold(0, 0);
        scene.Start();
        for (var depth = 0; depth < 16; depth++)
            scene.Take(scene.Core.Enter(depth, depth + 1, isSynchronous: true, depth));
        Assert.Equal(SliceRefusal.TooDeep, scene.Core.CheckEnter(16, 17, isSynchronous: true));
        Assert.Equal(SliceRefusal.None, scene.Core.CheckEnter(16, 17, isSynchronous: false));
        scene.Take(scene.Core.Return(16, 15, 20));
        Assert.Equal(SliceRefusal.None, scene.Core.CheckEnter(15, 17, isSynchronous: true));
    }

    [Fact]
    public void A_caller_has_its_slices_back_when_its_callee_ends()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(1, 1);
        scene.Start();
        scene.Take(scene.Core.Enter(0, 2, isSynchronous: true, 100));
        Assert.Equal([0], scene.Remove(2));
        scene.Run(1.5);
        Assert.Equal(0, scene.Core.Running);
    }

    [Fact]
    public void Nobody_ends_a_transfer_but_who_was_entered()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(3, 1);
        scene.Start();
        scene.Take(scene.Core.Enter(0, 2, isSynchronous: true, 100));
        scene.Run(1);
        Assert.Equal(3, scene.Core.Running);
        Assert.Equal(SliceRefusal.NotEntered, scene.Core.CheckReturn(3, 0));
    }

    [Fact]
    public void Without_the_guard_of_returns_a_stranger_ends_a_transfer()
    {
        var scene = new ProcessorScene(guardsOff: ProcessorGuards.Return).Hold(0, 0).Hold(3, 1);
        scene.Start();
        scene.Take(scene.Core.Enter(0, 2, isSynchronous: true, 100));
        scene.Run(1);
        Assert.Equal(SliceRefusal.None, scene.Core.CheckReturn(3, 0));
        Assert.Equal(0, scene.Core.Return(3, 0, scene.NowPs).Environment);
    }
}
