using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Actors.Wires;

namespace Disguise.Actors.Tests.Islands;

public class AllocationSpecs
{
    [Fact]
    public void Events_and_frames_in_flight_allocate_nothing()
    {
        using var emulation = new Emulation(new EmulationOptions
        {
            HashIntervalPs = Picoseconds.PerSecond,
        });
        var inputs = new InputPort[2];
        for (var index = 0; index < 2; index++)
        {
            var other = 1 - index;
            var island = emulation.AddIsland($"island {index}");
            var output = emulation.AddOutput(island, 1_000);
            var root = island.SpawnRoot(
                ActorProps.Of(() => new Scripted
                {
                    On = (me, message) =>
                    {
                        if (message is Framed)
                            output.SendFrame(inputs[other], me.TimePs + 1_000, me.Carried);
                        else
                            me.Say(me.Me, message, me.TimePs + 100, me.Carried + 1);
                    },
                }),
                "root");
            inputs[index] = emulation.AddInput(root, new Framed());
            for (var frame = 0; frame < 10; frame++)
                island.Schedule(frame, root, new Framed(), null, island.Frames.Take(64 + frame));
            island.Schedule(1, root, new Rung(), null);
        }

        // The first runs grow arrays and let the compiler finish.
        emulation.Run(20_000_000);
        var eventCount = emulation.EventCount;
        var before = GC.GetAllocatedBytesForCurrentThread();
        emulation.Run(40_000_000);
        var allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(emulation.EventCount - eventCount > 500_000);
        Assert.InRange(allocatedBytes, 0, 10_000);
    }
}
