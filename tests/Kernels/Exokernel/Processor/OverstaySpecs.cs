using Disguise.Kernels.Exokernel.Processor;

namespace Disguise.Kernels.Tests.Exokernel.Processor;

public class OverstaySpecs
{
    [Fact]
    public void Each_tick_beyond_the_end_of_a_slice_costs_a_later_slice()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(1, 1);
        scene.Overstaying.Add(0);
        scene.Start();
        scene.Run(3.5);
        Assert.Equal((0, 2), (scene.Core.Running, scene.Times[0].ExcessTicks));

        scene.Overstaying.Clear();
        scene.Take(scene.Core.Finish(0, scene.NowPs));
        scene.Run(2.9);
        Assert.Equal((1, 1L), (scene.Core.Running, scene.Times[0].Starts));
        Assert.Equal((2L, 0), (scene.Times[0].ForfeitedSlices, scene.Times[0].ExcessTicks));
        scene.Run(0.2);
        Assert.Equal((0, 2L), (scene.Core.Running, scene.Times[0].Starts));
    }

    [Fact]
    public void In_Xok_a_tick_is_taken_off_the_next_slice()
    {
        var scene = new ProcessorScene(options: ProcessorOptions.Xok).Hold(0, 0).Hold(1, 1);
        scene.Overstaying.Add(0);
        scene.Start();
        scene.Run(11);
        scene.Overstaying.Clear();
        scene.Take(scene.Core.Finish(0, scene.NowPs));
        scene.Run(8);
        Assert.Equal(0, scene.Core.Running);
        Assert.Equal(scene.NowPs + (5 * ProcessorOptions.Xok.TickPs), scene.Last.TimerPs);
    }

    [Fact]
    public void Nobody_pays_in_its_sleep()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(1, 1);
        scene.Overstaying.Add(0);
        scene.Start();
        scene.Run(3.5);
        scene.Take(scene.Core.Sleep(0, long.MaxValue, scene.NowPs));
        scene.Run(6);
        Assert.Equal((2, 0L), (scene.Times[0].ExcessTicks, scene.Times[0].ForfeitedSlices));
    }

    [Fact]
    public void Beyond_the_threshold_the_environment_is_destroyed()
    {
        var scene = new ProcessorScene().Hold(0, 0).Hold(1, 1);
        scene.Overstaying.Add(0);
        scene.Start();
        scene.Run(9.5);
        Assert.Equal((0, 8), (scene.Core.Running, scene.Times[0].ExcessTicks));
        scene.Run(1);
        Assert.Equal(
            ["StartSlice 0", "EndSlice 0", "Destroy 0", "StartSlice 1"], scene.Story);
        Assert.False(scene.Times.IsPresent(0));
    }

    [Fact]
    public void Without_the_guard_of_excess_it_keeps_the_core_for_ever()
    {
        var scene = new ProcessorScene(guardsOff: ProcessorGuards.Excess).Hold(0, 0).Hold(1, 1);
        scene.Overstaying.Add(0);
        scene.Start();
        scene.Run(10_000);
        Assert.Equal((0, 0), (scene.Core.Running, scene.Times[0].ExcessTicks));
        Assert.Equal(0, scene.Times[1].Starts);

        scene.Take(scene.Core.Finish(0, scene.NowPs));
        scene.Run(1);
        Assert.Equal(0, scene.Core.Running);
        Assert.Equal(0, scene.Times[0].ForfeitedSlices);
    }
}
