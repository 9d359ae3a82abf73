using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Tests.Cores;
using Disguise.Host.Explaining;

namespace Disguise.Host.Tests.Explaining;

/// <summary>What a log says of a core, beside what the core did.</summary>
public sealed class ActivityLogSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;
    private const long Begin = Us;

    private readonly ActivityLog log = new() { KeepsAll = true };

    [Fact]
    public void An_interrupt_pushes_back_what_is_left_of_a_charge()
    {
        var atPs = 0L;
        var executor = Run(
            async context =>
            {
                context.Charge(HardwareCosts.Work, Us);
                await context.Sync();
                atPs = context.ClockPs;
            },
            interruptPs: [Begin + (Us / 4)]);

        Assert.Equal(Begin + Us + ContextScene.InterruptPs, atPs);
        Assert.Equal(
            [
                ("work", Begin, Us / 4, Us),
                ("interrupt", Begin + (Us / 4), ContextScene.InterruptPs, 1L),
                ("work", Begin + (Us / 4) + ContextScene.InterruptPs, Us * 3 / 4, 0L),
            ],
            log.Of(executor, Begin, atPs).Select(One));
    }

    [Fact]
    public void Interrupts_stand_within_the_polling_that_they_interrupt()
    {
        var atPs = 0L;
        var executor = Run(
            async context =>
            {
                await context.Sync();
                while (ContextScene.Read(context) == 0)
                    await context.PollUntilWritten(ContextScene.SharedPage);
                atPs = context.ClockPs;
            },
            interruptPs: [Begin + (2 * Us), Begin + (4 * Us)],
            writePs: Begin + (8 * Us));

        var found = log.Of(executor, Begin, atPs).Select(One).ToList();
        Assert.Equal(
            ["poll", "interrupt", "poll", "interrupt", "poll"], found.Select(one => one.What));
        Assert.Equal(Begin + (2 * Us), found[1].StartPs);
        Assert.Equal(Begin + (4 * Us), found[3].StartPs);
        foreach (var (before, after) in found.Zip(found.Skip(1)))
            Assert.Equal(before.StartPs + before.DurationPs, after.StartPs);
        Assert.Equal(atPs, found[^1].StartPs + found[^1].DurationPs);
    }

    [Fact]
    public void Work_of_other_contexts_on_the_core_is_told_apart()
    {
        var executor = Run(context =>
        {
            context.Charge(HardwareCosts.Work, Us);
            return default;
        });
        var other = Executor.Of(new CpuContext(
            executor.Actors.First(), 1, new CostTable(), new LedgerAccount("x", "core", false)));

        Assert.Empty(log.Of(other, 0, Begin + Us));
        Assert.Empty(log.OfOthers(executor, 0, Begin + Us));
        Assert.Single(log.Of(executor, 0, Begin + Us));
    }

    private static (string What, long StartPs, long DurationPs, long Count) One(
        Activity activity) =>
        (activity.What, activity.StartPs, activity.DurationPs, activity.Count);

    /// <summary>Runs a program on core 0 and gives it as the executor that it was.</summary>
    private Executor Run(
        Func<CpuContext, Actors.Execution.EmulatedTask> program, long[]? interruptPs = null,
        long? writePs = null)
    {
        using var scene = new ContextScene(1);
        var watcher = new Watcher(log);
        scene.Machine.Requests = watcher;
        Executor? executor = null;
        scene.Start(0, Begin, context =>
        {
            context.Observer = watcher;
            executor = Executor.Of(context);
            return program(context);
        });
        foreach (var atPs in interruptPs ?? [])
            scene.Interrupt(0, atPs);
        if (writePs is { } timePs)
            scene.DeviceWrites(timePs, 1);
        scene.Run();
        return executor!.Value;
    }

    private sealed class Watcher(ActivityLog log) : IRequestObserver
    {
        public void Charged(
            CpuContext context, LedgerAccount account, CostKey key, long count, long startPs,
            long durationPs) => log.Charged(context, account, key, count, startPs, durationPs);

        public void CoreOccupied(
            Core core, string who, string what, long count, long startPs, long durationPs) =>
            log.Occupied(core, who, what, count, startPs, durationPs);

        public void FrameStage(
            Island island, long frame, string who, string what, long startPs, long endPs)
        {
        }

        public void ReceiveDescriptorFilled(
            Island island, long frame, string function, int queue, int index)
        {
        }

        public void ReceiveDescriptorTaken(
            object executor, string function, int queue, int index)
        {
        }

        public void RequestQueued(object executor, long token, long atPs)
        {
        }

        public void RequestTaken(object executor, long token, long atPs)
        {
        }

        public void TransmitDescriptorPosted(
            object executor, string function, int queue, int index, long atPs)
        {
        }

        public void TransmitDescriptorFetched(
            Island island, long frame, string function, int queue, int index)
        {
        }
    }
}
