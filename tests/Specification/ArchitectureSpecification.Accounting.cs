using Disguise.Kernels.Abstractions;
using Disguise.Specification.Clauses;
using Disguise.Specification.Worlds;
using Xunit;

namespace Disguise.Specification;

public abstract partial class ArchitectureSpecification
{
    /// <summary>
    /// What was booked is what cores were busy with, and no core was busy for longer than it was
    /// there: ledger and idle time are the core's time.
    /// </summary>
    [Clause]
    public void The_ledger_and_idle_time_are_the_cores_time()
    {
        using var world = Loaded();

        var booked = world.Accounts.Sum(account =>
            account.Entries().Sum(entry => entry.TimePs));
        var busy = 0L;
        foreach (var core in world.Board.Cores)
        {
            var spun = core.Current?.OpenPollPs(world.NowPs) ?? 0;
            var idle = world.NowPs - world.Times.BusyPs(core.Number) - spun;
            Assert.True(idle >= 0, $"core {core.Number} was busy {-idle} ps more than it ran");
            busy += world.Times.BusyPs(core.Number);
        }

        Assert.NotEqual(0, busy);
        Assert.Equal(busy, booked);
    }

    /// <summary>
    /// In each component frames in = out + dropped for a reason, and nothing is left inside.
    /// </summary>
    [Clause]
    public void Frames_in_are_frames_out_or_dropped_for_a_reason()
    {
        using var world = Loaded();

        foreach (var (component, counters) in world.Counters())
        {
            Assert.Equal(
                counters.Dropped, counters.DroppedByReason().Sum(dropped => dropped.Count));
            Assert.True(counters.Inside == 0, $"{component}: {counters.Inside} frames inside");
        }

        Assert.Equal(0, world.FramesAlive);
    }

    /// <summary>
    /// No frame of memory is owned twice, by the kernel's books or by the hardware's.
    /// </summary>
    [Clause]
    public void A_frame_of_memory_has_one_owner()
    {
        using var world = Loaded();
        var findings = new List<string>();

        var frames = world.Kernel.CheckFrames(findings);
        world.Kernel.CheckCapabilities(findings);

        Assert.Empty(findings);
        Assert.InRange(frames, 1, world.Board.Frames.FrameCount);
        var end = 0L;
        foreach (var extent in world.Board.Frames.Extents)
        {
            Assert.True(extent.FirstFrame >= end, $"frame {extent.FirstFrame} is owned twice");
            end = extent.FirstFrame + extent.FrameCount;
        }
    }

    /// <summary>
    /// Each message to the kernel is about something, and those on the data path go with the
    /// requests: twice as many of these bring twice as many of those, or none.
    /// </summary>
    [Clause]
    public void Messages_to_the_kernel_are_counted_by_what_they_are_about()
    {
        var once = DataPathMessagesOf(20);
        var twice = DataPathMessagesOf(40);

        Assert.Equal(2 * once, twice);
    }

    /// <summary>A load with strangers, unbound ports and too much work, then silence.</summary>
    private SpecificationWorld Loaded()
    {
        var world = Serving(PlanOf(Echo("left"), Echo("right", workPs: 10 * Us)));
        world.Stations[0].Plan(Series(world, 0, 0, 50, 10 * Us, 64));
        world.Stations[1].Plan(Series(world, 1, 1, 200, Us, 700));
        var unbound = SpecificationWorld.Between(1, 0) with { DestinationPort = 9 };
        world.Stations[1].Plan(Enumerable.Range(0, 5).Select(number => new Request(
            world.StartPs + (number * 30 * Us) + (Us / 2), unbound, new byte[20])));
        world.Run(10 * Ms);
        AssertAnswered(world.Stations[0]);
        return world;
    }

    private long DataPathMessagesOf(int requests)
    {
        using var world = Serving(PlanOf(Echo("echo")) with { Stations = 1 });
        // The first ones fill what remembers translations and neighbours.
        world.Stations[0].Plan(Series(world, 0, 0, 4, 50 * Us, 64));
        world.Run(Ms);
        var before = world.Messages.CountOf(KernelMessageKind.DataPath);
        world.Stations[0].Plan(Series(world, 0, 0, requests, 50 * Us, 64, Ms));
        world.Run(4 * Ms);
        AssertAnswered(world.Stations[0]);
        var kinds = Enum.GetValues<KernelMessageKind>();
        Assert.Equal(world.Messages.Total, kinds.Sum(world.Messages.CountOf));
        Assert.NotEqual(0, world.Messages.Total);
        return world.Messages.CountOf(KernelMessageKind.DataPath) - before;
    }
}
