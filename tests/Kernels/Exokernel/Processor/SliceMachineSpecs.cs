using Disguise.Actors.Time;
using Disguise.Kernels.Exokernel.Processor;

namespace Disguise.Kernels.Tests.Exokernel.Processor;

public class SliceMachineSpecs
{
    [Fact]
    public void The_vector_is_gone_through_in_turn_and_free_positions_are_passed_over()
    {
        var scene = new ProcessorScene().Hold(2, 0).Hold(0, 3, 6).Hold(1, 4);
        scene.Start();
        scene.Run(5);
        Assert.Equal(
            [
                "StartSlice 2", "EndSlice 2", "StartSlice 0", "EndSlice 0", "StartSlice 1",
                "EndSlice 1", "StartSlice 0", "EndSlice 0", "StartSlice 2", "EndSlice 2",
                "StartSlice 0",
            ],
            scene.Story);
    }

    [Fact]
    public void A_slice_of_Aegis_is_15625_microseconds()
    {
        var scene = new ProcessorScene(options: ProcessorOptions.Aegis).Hold(0, 0).Hold(1, 1);
        Assert.Equal(15_625 * Picoseconds.PerMicrosecond, scene.Start().TimerPs);
    }

    [Fact]
    public void Neighbouring_slices_save_context_switches_and_spread_ones_shorten_the_wait()
    {
        var contiguous = new ProcessorScene().Hold(0, 0, 1, 2, 3).Hold(1, 4, 5, 6, 7);
        var spread = new ProcessorScene().Hold(0, 0, 2, 4, 6).Hold(1, 1, 3, 5, 7);
        contiguous.Start();
        spread.Start();
        contiguous.Run(80);
        spread.Run(80);

        Assert.Equal(0.5, contiguous.Share(1));
        Assert.Equal(0.5, spread.Share(1));
        Assert.Equal((20, 80), (Ends(contiguous), Ends(spread)));

        static int Ends(ProcessorScene scene) =>
            scene.Story.Count(told => told.StartsWith("EndSlice", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_holds_the_only_slices_is_not_interrupted_until_another_has_some()
    {
        var scene = new ProcessorScene().Hold(0, 0);
        Assert.Equal(Picoseconds.Never, scene.Start().TimerPs);
        scene.Run(10.25);
        scene.Hold(1, 4);
        scene.Start();
        scene.Run(0.5);
        Assert.Equal(0, scene.Core.Running);
        scene.Run(0.25);
        Assert.Equal(1, scene.Core.Running);
    }

    [Fact]
    public void Saving_a_context_delays_the_next_slice_and_does_not_shorten_it()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(1, 1);
        scene.Overstaying.Add(0);
        scene.Start();
        scene.Run(1.5);
        scene.Take(scene.Core.Finish(0, scene.NowPs));
        Assert.Equal(1, scene.Core.Running);
        scene.Run(0.9);
        Assert.Equal(1, scene.Core.Running);
        Assert.Equal(0, scene.Times[0].ExcessTicks);
        scene.Run(0.2);
        Assert.Equal(0, scene.Core.Running);
    }

    [Fact]
    public void Xok_gives_eight_ticks_a_round_and_lets_fifteen_be_saved()
    {
        var scene = new ProcessorScene(options: ProcessorOptions.Xok).Hold(0, 0).Hold(1, 1);
        Assert.Equal(80 * Picoseconds.PerMillisecond, scene.Start().TimerPs);
        scene.Run(2.5);
        scene.Take(scene.Core.Finish(0, scene.NowPs));
        scene.Run(8);
        // Three ticks were begun, five are left, eight are added.
        Assert.Equal(0, scene.Core.Running);
        Assert.Equal(scene.NowPs + (130 * Picoseconds.PerMillisecond), scene.Last.TimerPs);
        scene.Take(scene.Core.Finish(0, scene.NowPs));
        scene.Run(8);
        Assert.Equal(scene.NowPs + (150 * Picoseconds.PerMillisecond), scene.Last.TimerPs);
    }

    [Fact]
    public void Who_sleeps_is_looked_at_when_its_slice_comes_up()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(1, 1).Hold(2, 2);
        scene.Start();
        Assert.Equal(1, scene.Take(scene.Core.Sleep(0, Picoseconds.Never, 0)).Environment);
        scene.Run(1);
        Assert.Equal((2, 0), (scene.Core.Running, scene.Looks));
        scene.Run(1);
        Assert.Equal((1, 1, 1), (scene.Core.Running, scene.Looks, scene.Last.Products));
        scene.MakeDue(0);
        Assert.Equal(1, scene.Core.Running);
        scene.Run(2);
        Assert.Equal((0, false), (scene.Core.Running, scene.Times[0].IsAsleep));
    }

    [Fact]
    public void A_core_whose_environments_all_sleep_waits_for_the_first_of_their_times()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(1, 1);
        scene.Start();
        scene.Take(scene.Core.Sleep(0, 900, 0));
        var idle = scene.Take(scene.Core.Sleep(1, 700, 0));
        Assert.Equal((SliceAction.Idle, 700L), (idle.Action, idle.TimerPs));
        Assert.Equal(1, scene.Take(scene.Core.Expire(700)).Environment);

        scene.Take(scene.Core.Sleep(1, Picoseconds.Never, 700));
        scene.MakeDue(1);
        Assert.Equal(1, scene.Take(scene.Core.Reconsider(800)).Environment);
    }

    [Fact]
    public void An_environment_has_one_core_at_most()
    {
        var scene = new ProcessorScene(cores: 2).Hold(0, 0);
        scene.Cores[1].Vector.Allocate(0, 0);
        scene.Cores[1].Vector.Allocate(1, 1);
        scene.Start();
        Assert.Equal(1, scene.Take(scene.Cores[1].Reconsider(0), 1).Environment);
        scene.Take(scene.Core.Sleep(0, 10, 0));
        Assert.Equal(SliceVector.Nobody, scene.Core.Running);
    }

    [Fact]
    public void A_slice_that_has_begun_runs_to_its_end_when_its_position_is_taken()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(1, 1);
        scene.Start();
        scene.Run(0.5);
        scene.Core.Vector.Free(0);
        scene.Start();
        scene.Run(0.4);
        Assert.Equal(0, scene.Core.Running);
        scene.Run(5);
        Assert.Equal(1, scene.Core.Running);
        Assert.Equal(1, scene.Times[0].Starts);
    }

    [Fact]
    public void The_slices_of_an_environment_that_ends_are_free()
    {
        var scene = new ProcessorScene().Hold(0, 0, 2, 7).Hold(1, 1);
        scene.Start();
        scene.Run(0.5);
        Assert.Empty(scene.Remove(0));
        Assert.Equal(1, scene.Core.Running);
        Assert.Equal(1, scene.Core.Vector.HeldCount);
        Assert.False(scene.Times.IsPresent(0));
        scene.Times.Add(0);
        Assert.Equal(0, scene.Times[0].Starts);
    }
}
