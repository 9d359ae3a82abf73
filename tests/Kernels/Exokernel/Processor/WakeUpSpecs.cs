using Disguise.Actors.Time;
using Disguise.Kernels.Exokernel.Processor;

namespace Disguise.Kernels.Tests.Exokernel.Processor;

/// <summary>
/// Who is woken while another has the core runs when a slice of its own comes up, or when somebody
/// yields to it: its positions in the vector say how soon (SOSP 1995, section 5.1.1).
/// </summary>
public sealed class WakeUpSpecs
{
    private const int Sleeper = 0;
    private const int Computing = 1;

    [Theory]
    [InlineData(1, 7, new[] { 0 })]
    [InlineData(2, 6, new[] { 0, 1 })]
    [InlineData(2, 3, new[] { 0, 4 })]
    [InlineData(4, 1, new[] { 0, 2, 4, 6 })]
    public void Positions_say_how_many_slices_of_others_pass_first(
        int slices, int longestWait, int[] positions)
    {
        Assert.Equal(slices, positions.Length);
        var waits = Enumerable.Range(0, 8 - slices).Select(begun => Wait(positions, begun));

        Assert.Equal(longestWait, waits.Max(), 0.01);
    }

    [Fact]
    public void Who_is_woken_takes_nothing_of_the_slice_that_runs()
    {
        var scene = Asleep([0]);
        scene.Run(0.5);
        scene.MakeDue(Sleeper);

        Assert.Equal(SliceAction.Continue, scene.Take(scene.Core.Reconsider(scene.NowPs)).Action);
        scene.Run(0.49);
        Assert.Equal(Computing, scene.Core.Running);
        Assert.Equal(0, scene.Times[Computing].ExcessTicks);
    }

    [Fact]
    public void A_yield_to_who_is_due_runs_it_at_once_in_the_rest_of_the_slice()
    {
        var scene = Asleep([0]);
        scene.Run(0.5);
        scene.MakeDue(Sleeper);
        scene.Take(scene.Core.Yield(Computing, Sleeper, scene.NowPs));

        Assert.Equal(Sleeper, scene.Core.Running);
        scene.Run(0.6);
        Assert.Equal(Computing + 1, scene.Core.Running);
    }

    [Fact]
    public void A_debt_from_before_the_sleep_is_paid_by_the_slice_that_would_have_woken_it()
    {
        var scene = new ProcessorScene().Hold(Sleeper, 0).Hold(Computing, 1, 2, 3);
        scene.Overstaying.Add(Sleeper);
        scene.Start();
        scene.Run(2.5);
        scene.Overstaying.Clear();
        scene.Take(scene.Core.Sleep(Sleeper, Picoseconds.Never, scene.NowPs));
        Assert.Equal(1, scene.Times[Sleeper].ExcessTicks);
        scene.MakeDue(Sleeper);
        scene.Run(5.9);

        Assert.Equal(Computing, scene.Core.Running);
        Assert.Equal((0, 1L), (
            scene.Times[Sleeper].ExcessTicks, scene.Times[Sleeper].ForfeitedSlices));
        scene.Run(0.2);
        Assert.Equal(Sleeper, scene.Core.Running);
    }

    /// <summary>
    /// How many slices pass from where a slice of another begins, in which the sleeper is woken,
    /// until the sleeper runs.
    /// </summary>
    private static double Wait(int[] positions, int begun)
    {
        var scene = Asleep(positions);
        scene.Run(begun + 0.001);
        scene.MakeDue(Sleeper);
        var wokenTicks = scene.NowTicks;
        while (scene.Core.Running != Sleeper)
            scene.Run(0.01);
        return scene.NowTicks - wokenTicks;
    }

    /// <summary>
    /// A vector of eight positions; the sleeper holds some and sleeps, others compute.
    /// </summary>
    private static ProcessorScene Asleep(int[] positions)
    {
        var scene = new ProcessorScene(environments: 9).Hold(Sleeper, positions);
        var other = Computing;
        for (var position = 0; position < 8; position++)
        {
            if (!positions.Contains(position))
                scene.Hold(other++, position);
        }

        scene.Start();
        scene.Take(scene.Core.Sleep(Sleeper, Picoseconds.Never, 0));
        return scene;
    }
}
