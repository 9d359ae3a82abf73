using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Processor;

namespace Disguise.Kernels.Tests.Exokernel.Processor;

public class SliceVectorSpecs
{
    private static readonly Capability OfOne = Capability.OfEnvironment(1, 0);
    private static readonly Capability OfTwo = Capability.OfEnvironment(2, 0);

    [Fact]
    public void Slices_are_allocated_by_position()
    {
        var vector = new SliceVector(ProcessorOptions.Xok);
        vector.Allocate(7, 127);
        vector.Allocate(7, 3);
        vector.Allocate(9, 0);

        Assert.Equal(7, vector.HolderOf(3));
        Assert.Equal(SliceVector.Nobody, vector.HolderOf(4));
        Assert.Equal(SliceVector.Nobody, vector.HolderOf(128));
        Assert.Equal((2, 1, 0), (vector.CountOf(7), vector.CountOf(9), vector.CountOf(8)));
        Assert.Equal((3, 127, -1), (vector.Find(7), vector.Find(7, 4), vector.Find(7, 128)));
        Assert.Equal((3, 2), (vector.HeldCount, vector.HolderCount));
    }

    [Fact]
    public void A_position_that_is_taken_or_does_not_exist_is_refused()
    {
        var vector = new SliceVector(ProcessorOptions.Xok);
        vector.Allocate(1, 5);

        Assert.Equal(SliceRefusal.PositionTaken, vector.CheckAllocate(5));
        Assert.Equal(SliceRefusal.NoSuchPosition, vector.CheckAllocate(128));
        Assert.Equal(SliceRefusal.NoSuchPosition, vector.CheckAllocate(-1));
        Assert.Equal(SliceRefusal.NoSuchPosition, vector.CheckFree(OfOne, 128));
        Assert.Equal(SliceRefusal.PositionFree, vector.CheckFree(OfOne, 6));
        Assert.Throws<InvalidOperationException>(() => vector.Allocate(2, 5));
    }

    [Fact]
    public void All_positions_can_be_held_and_then_no_more()
    {
        var vector = new SliceVector(ProcessorOptions.Xok);
        for (var position = 0; position < 128; position++)
            vector.Allocate(position, position);
        Assert.Equal(-1, vector.Find(SliceVector.Nobody));
        vector.Free(64);
        Assert.Equal(64, vector.Find(SliceVector.Nobody));
    }

    [Fact]
    public void Nobody_gives_back_what_the_credential_does_not_open()
    {
        var vector = new SliceVector(ProcessorOptions.Xok);
        var below = OfOne.Below(7, CapabilityPermissions.All);
        vector.Allocate(1, 5, OfOne);
        vector.Allocate(1, 6, below);
        Assert.Equal(SliceRefusal.NotOpened, vector.CheckFree(OfTwo, 5));
        Assert.Equal(SliceRefusal.NotOpened, vector.CheckFree(below, 5));
        Assert.Equal(SliceRefusal.NotOpened, vector.CheckFree(Capability.None, 5));
        Assert.Equal(SliceRefusal.NotOpened, vector.CheckFree(
            OfOne.With(CapabilityPermissions.Write), 5));
        foreach (var shown in new[] { OfOne, Capability.Root })
            Assert.Equal(SliceRefusal.None, vector.CheckFree(shown, 5));
        foreach (var shown in new[] { below, OfOne, Capability.Root })
            Assert.Equal(SliceRefusal.None, vector.CheckFree(shown, 6));
    }

    [Fact]
    public void Without_the_guard_of_capabilities_time_is_taken_from_another()
    {
        var scene = new ProcessorScene(guardsOff: ProcessorGuards.Capability).Hold(1, 5);
        Assert.Equal(SliceRefusal.None, scene.Core.Vector.CheckFree(OfTwo, 5));
        scene.Core.Vector.Free(5);
        scene.Start();
        Assert.Equal(SliceAction.Idle, scene.Last.Action);
    }
}
