using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Predicates;
using Disguise.Kernels.Exokernel.Regions;
using Disguise.Kernels.Tests.Exokernel.Scenes;

namespace Disguise.Kernels.Tests.Exokernel;

/// <summary>Environments that sleep for words of memory, on a whole machine.</summary>
public sealed class SleepSpecs
{
    private const long Forever = Picoseconds.PerSecond;
    private const uint Secret = 0xBEEF;
    private const int Frames = 24;

    [Fact]
    public void An_idle_core_sees_at_once_what_an_environment_sleeps_for()
    {
        long frame = 0, wokenPs = 0;
        var tag = 0;
        using var scene = new ExokernelScene()
            .With("sleeper", async environment =>
            {
                frame = await environment.TakeFrame();
                tag = await environment.SleepFor(WordIs(frame, 7, tag: 42), Forever);
                wokenPs = environment.CpuContext.ClockPs;
            })
            .Start();
        scene.Run(2.5);
        Assert.Equal(0, wokenPs);
        Write(scene, frame, 6);
        scene.Run(0.1);
        Assert.Equal(0, wokenPs);
        Write(scene, frame, 7);
        var writtenPs = scene.NowPs + 1_000;
        scene.Run(1);
        Assert.Equal(42, tag);
        Assert.InRange(wokenPs - writtenPs, 1, 10 * Picoseconds.PerMicrosecond);
    }

    [Fact]
    public void A_busy_core_looks_when_the_sleepers_slice_comes_up()
    {
        long frame = 0, wokenPs = 0;
        using var scene = new ExokernelScene()
            .With("sleeper", async environment =>
            {
                frame = await environment.TakeFrame();
                await environment.SleepFor(WordIs(frame, 7, tag: 1), Forever);
                wokenPs = environment.CpuContext.ClockPs;
            })
            .With("busy", environment => environment.Compute())
            .Start();
        scene.Run(2.5);
        Write(scene, frame, 7);
        var writtenPs = scene.NowPs + 1_000;
        scene.Run(2);
        Assert.InRange(wokenPs - writtenPs, ExokernelScene.SlicePs / 3, ExokernelScene.SlicePs);
    }

    [Fact]
    public void Who_waits_for_nothing_that_comes_wakes_at_its_time()
    {
        var tag = -1;
        long wokenPs = 0;
        using var scene = new ExokernelScene()
            .With("sleeper", async environment =>
            {
                var frame = await environment.TakeFrame();
                tag = await environment.SleepFor(
                    WordIs(frame, 7, tag: 42), 3 * ExokernelScene.SlicePs);
                wokenPs = environment.CpuContext.ClockPs;
            })
            .Start();
        scene.Run(5);
        Assert.Equal(0, tag);
        Assert.InRange(wokenPs / (double)ExokernelScene.SlicePs, 3, 3.1);
    }

    [Fact]
    public void Who_was_entered_in_its_sleep_is_woken_from_its_next_by_what_it_sleeps_for_then()
    {
        long frame = 0;
        var tag = -1;
        using var scene = new ExokernelScene()
            .With("sleeper", async environment =>
            {
                frame = await environment.TakeFrame();
                await environment.SleepFor(WordIs(frame, 7, tag: 1), Forever);
                await environment.SleepFor(WordIs(frame, 8, tag: 2), ExokernelScene.SlicePs);
                await environment.Call(new MemoryCall.FreeFrames(frame, 1, Credential: 0));
                await environment.Call(new MemoryCall.AllocateFrame(frame));
                tag = await environment.SleepFor(WordIs(frame, 7, tag: 42), Forever);
            })
            .With("friend", async environment =>
                await environment.Transfer(0, new TransferRegisters()))
            .Start();
        scene.Run(5);
        Assert.Equal(-1, tag);
        Write(scene, frame, 7);
        scene.Run(1);
        Assert.Equal(42, tag);
    }

    [Fact]
    public void Who_looks_at_a_frame_that_is_taken_by_force_wakes_and_looks_no_more()
    {
        long frame = 0;
        int? tag = null;
        using var scene = new ExokernelScene()
            .With("owner", async environment =>
            {
                // More than it is guaranteed: the last of them can be taken.
                var first = await environment.Call(new KernelCall.AllocateFrames(Frames));
                frame = first.Value + Frames - 1;
                await environment.Call(new MemoryCall.ChangeList(
                    frame, Credential: 0, Entry: 1, Capability.OfEnvironment(1, 0)));
                await environment.Compute();
            })
            .With("watcher", async environment =>
                tag = await environment.SleepFor(WordIs(frame, Secret, tag: 1), Forever))
            .Start();
        scene.Run(2.5);
        var order = new RevocationOrder(
            "server.owner", RevocationOrder.Memory, Asks: false, DeadlinePs: null, scene.NowPs)
        {
            Amount = 1,
        };
        scene.Island.Schedule(
            scene.NowPs + 1_000, scene.Kernel.Actor, new ExokernelProtocol.Revoke(order), null);
        Assert.Null(tag);
        scene.Run(2);
        Assert.Equal(ExokernelRefusal.None, scene.Environments[1].LastResult.Refusal);
        Assert.Equal(PredicateBook.BrokenTag, tag);
    }

    [Fact]
    public void Who_looks_into_a_region_whose_maker_ends_looks_no_more_at_its_owners_frame()
    {
        const int Lender = 0, Maker = 1, Watcher = 2, Slot = 4;
        long frame = 0, region = 0;
        int? tag = null;
        var (isRegion, hasWritten) = (false, false);
        using var scene = new ExokernelScene()
            .With("lender", async environment =>
            {
                var lent = await environment.TakeFrame();
                await environment.Call(new MemoryCall.ChangeList(
                    lent, Credential: 0, Entry: 1, Capability.OfEnvironment(Maker, 0)));
                frame = lent;
                while (!isRegion)
                    await Pause(environment);
                // It can when there is no region in it any more.
                while ((await environment.Call(
                        new KernelCall.MapPages(0x200, lent, 1, true))).Refusal
                    != ExokernelRefusal.None)
                    await Pause(environment);
                hasWritten = environment.CpuContext.Mmu.TryWriteUInt64(
                    (ulong)Frame.AddressOf(0x200) + 8, Secret, out _);
                await environment.Compute();
            })
            .With("maker", async environment =>
            {
                while (frame == 0)
                    await Pause(environment);
                var own = Capability.OfEnvironment(Maker, 0);
                var reader = own.Below(1, CapabilityPermissions.Read);
                await environment.Call(new MemoryCall.Offer(0, Watcher, reader));
                region = (await environment.Call(new RegionCall.Create(
                    new RegionRange(frame, 0, 64), reader, own, 0))).Value;
                await environment.Compute();
            })
            .With("watcher", async environment =>
            {
                while (region == 0)
                    await Pause(environment);
                await environment.Call(new MemoryCall.Acquire(Maker, Slot));
                isRegion = true;
                tag = await environment.SleepFor(
                    WakeupPredicate.Of(
                        PredicateOperand.Word(Frame.AddressOf(frame) + 8, Slot),
                        PredicateOperator.Equal, PredicateOperand.Number(Secret), tag: 9),
                    Forever);
            })
            .Start();
        scene.Run(12);
        Assert.True(isRegion);
        Assert.Equal((null, false), (tag, hasWritten));
        scene.End(Maker);
        scene.Run(6);
        Assert.True(hasWritten);
        Assert.Equal(PredicateBook.BrokenTag, tag);
        Assert.True(scene.Environments[Maker].IsEnded);
        Assert.False(scene.Environments[Lender].IsEnded);
    }

    [Fact]
    public void A_predicate_that_reads_foreign_memory_is_refused()
    {
        Assert.Equal(-1, Steal());
    }

    [Fact]
    public void Without_the_guard_of_memory_a_sleeper_finds_a_foreign_word_by_what_wakes_it() =>
        Assert.Equal(Secret, Steal(PredicateGuards.Memory));

    /// <summary>
    /// The victim keeps a word in a frame of its own; the thief, who knows the frame's number,
    /// finds the word bit by bit. -1 where it was refused.
    /// </summary>
    private static long Steal(params Guard[] guardsOff)
    {
        long frame = 0, found = 0;
        using var scene = new ExokernelScene(guardsOff)
            .With("victim", async environment =>
            {
                frame = await environment.TakeFrame();
                await environment.SleepFor(WordIs(frame, 1, tag: 1), Forever);
            })
            .With("thief", async environment =>
            {
                for (var bit = 15; bit >= 0 && found >= 0; bit--)
                {
                    var guess = (uint)found | (1u << bit);
                    var predicate = WakeupPredicate.Of(
                        Word(frame), PredicateOperator.AtLeast,
                        PredicateOperand.Number(guess), tag: 1);
                    var tag = await environment.SleepFor(
                        predicate, 20 * Picoseconds.PerMicrosecond);
                    found = tag < 0 ? -1 : tag == 1 ? guess : found;
                }
            });
        scene.Start();
        scene.Run(0.001);
        Write(scene, frame, Secret);
        scene.Run(10);
        return found;
    }

    private static PredicateOperand Word(long frame) =>
        PredicateOperand.Word(Frame.AddressOf(frame) + 8, credential: 0);

    private static WakeupPredicate WordIs(long frame, uint value, int tag) => WakeupPredicate.Of(
        Word(frame), PredicateOperator.Equal, PredicateOperand.Number(value), tag);

    private static async EmulatedTask Pause(TestEnvironment environment)
    {
        environment.CpuContext.Charge(HardwareCosts.Work, 10_000_000);
        await environment.CpuContext.Sync();
    }

    /// <summary>A device writes the word.</summary>
    private static void Write(ExokernelScene scene, long frame, uint value) =>
        scene.Write(Frame.AddressOf(frame) + 8, value, afterPs: 1_000);
}
