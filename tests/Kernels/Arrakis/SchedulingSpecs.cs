using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.Tests.Arrakis.Scenes;

namespace Disguise.Kernels.Tests.Arrakis;

public sealed class SchedulingSpecs
{
    private const long DispatchPs =
        KernelScene.DispatchPs + KernelScene.SwitchPs + KernelScene.TrapReturnPs;

    [Fact]
    public void A_slice_of_15625_microseconds_ends_to_the_picosecond_and_no_work_is_lost()
    {
        const long slicePs = 15_625 * Picoseconds.PerMicrosecond;
        const long workPs = 20 * Picoseconds.PerMillisecond;
        const long otherPs = 1 * Picoseconds.PerMillisecond;
        using var scene = new KernelScene(new SceneOptions
        {
            Cores = 1,
            Kernel = new ArrakisOptions { VirtualFunctions = 8, SlicePs = slicePs },
        })
            .Tenant("first", CorePlacement.Shared, async program =>
            {
                program.Note();
                await program.Work(workPs);
                program.Note();
            })
            .Tenant("second", CorePlacement.Shared, async program =>
            {
                program.Note();
                await program.Work(otherPs);
                program.Note();
                await program.Exit();
            })
            .Start();

        scene.Run(50 * Picoseconds.PerMillisecond);

        var first = scene.Domain("first").Programs[0].Notes;
        var second = scene.Domain("second").Programs[0].Notes;
        var pushedBackPs = second[0] - first[0] - slicePs - KernelScene.InterruptPs - DispatchPs;
        Assert.Equal(0, pushedBackPs);
        Assert.Equal(second[0] + otherPs, second[1]);
        // The container that started meanwhile was the kernel's work on this core too.
        var leftPs = workPs - (slicePs - KernelStolenPs(scene, first[0]));
        Assert.Equal(second[1] + KernelScene.TrapPs + DispatchPs + leftPs, first[1]);
    }

    [Fact]
    public void Who_is_alone_on_its_core_is_not_interrupted()
    {
        using var scene = new KernelScene(new SceneOptions
        {
            Cores = 1,
            Kernel = new ArrakisOptions
            {
                VirtualFunctions = 8,
                SlicePs = Picoseconds.PerMillisecond,
            },
        })
            .Tenant("alone", CorePlacement.Shared, Programs.Compute)
            .Start();

        scene.Run(20 * Picoseconds.PerMillisecond);

        Assert.DoesNotContain(
            scene.ToKernel, delivered => delivered.Message is CoreProtocol.TimerInterrupt);
    }

    [Fact]
    public void Those_who_compute_share_a_core_in_equal_parts()
    {
        var scene = new KernelScene(new SceneOptions
        {
            Cores = 2,
            Kernel = new ArrakisOptions
            {
                VirtualFunctions = 8,
                SlicePs = 100 * Picoseconds.PerMicrosecond,
            },
        });
        var turns = new long[4];
        for (var tenant = 0; tenant < 4; tenant++)
        {
            var number = tenant;
            var placement = tenant < 2
                ? new CorePlacement(CorePlacementKind.Pinned, 1) : CorePlacement.Shared;
            scene.Tenant($"spin[{tenant}]", placement, async program =>
            {
                for (; ; turns[number]++)
                    await program.Work(1_000_000);
            });
        }

        using var started = scene.Start();
        scene.Run(40 * Picoseconds.PerMillisecond);

        // Two are pinned to core 1; the shared ones have core 0 and their part of core 1.
        Assert.All(turns, turn => Assert.InRange(turn, 9_000, 30_000));
        Assert.Equal(turns[0], turns[1], turns[0] / 20);
        Assert.True(turns.Sum() > 70_000, $"{turns.Sum()} turns of two cores' 80,000");
    }

    [Fact]
    public void Who_yields_lets_the_next_run_and_comes_back()
    {
        var order = new List<string>();
        using var scene = new KernelScene(new SceneOptions { Cores = 1 })
            .Tenant("first", CorePlacement.Shared, program => Turns(program, "first", order))
            .Tenant("second", CorePlacement.Shared, program => Turns(program, "second", order))
            .Start();

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal(["first", "second", "first", "second", "first", "second"], order);
    }

    [Fact]
    public void Two_cores_are_in_the_kernel_at_once()
    {
        const int pages = 2_000;
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("first", CorePlacement.Own, program => Allocate(program, pages))
            .Tenant("second", CorePlacement.Own, program => Allocate(program, pages))
            .Start();

        scene.Run(10 * Picoseconds.PerMillisecond);

        var first = scene.Domain("first").Programs[0].Notes;
        var second = scene.Domain("second").Programs[0].Notes;
        const long callPs = KernelScene.TrapPs + KernelScene.CallPs
            + (pages * KernelScene.PagePs) + KernelScene.TrapReturnPs;
        Assert.Equal(callPs, first[1] - first[0]);
        Assert.Equal(callPs, second[1] - second[0]);
        Assert.True(Math.Max(first[0], second[0]) < Math.Min(first[1], second[1]) - (callPs / 2));
    }

    [Fact]
    public void A_lock_between_two_contexts_lets_one_in_after_the_other()
    {
        const long heldPs = 7_000_000;
        var shared = new VirtualLock();
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("first", CorePlacement.Own, program => Hold(program, shared, heldPs))
            .Tenant("second", CorePlacement.Own, program => Hold(program, shared, heldPs))
            .Start();

        scene.Run(10 * Picoseconds.PerMillisecond);

        var held = new[] { "first", "second" }
            .SelectMany(name => scene.Domain(name).Programs[0].Notes.Chunk(2))
            .OrderBy(interval => interval[0])
            .ToArray();
        Assert.Equal(20, held.Length);
        Assert.All(held, interval => Assert.Equal(heldPs, interval[1] - interval[0]));
        Assert.All(
            held.Zip(held.Skip(1)), pair => Assert.True(pair.First[1] <= pair.Second[0]));
        Assert.True(shared.ContendedCount > 0);
    }

    [Fact]
    public void A_second_context_of_an_own_core_runs_on_a_shared_one()
    {
        using var scene = new KernelScene(new SceneOptions { Cores = 2 })
            .Tenant("two", CorePlacement.Own, Programs.Compute, Programs.Compute)
            .Start();

        scene.Run(Picoseconds.PerMillisecond);

        var cores = scene.Domain("two").Programs
            .Select(program => program.Context.Core!).ToArray();
        Assert.Equal([0, 1], cores.Select(core => core.Number));
        Assert.Equal([true, false], cores.Select(core => core.IsExclusive));
    }

    [Fact]
    public void Who_halts_on_a_shared_core_without_a_call_loses_it_when_another_wants_it()
    {
        using var scene = new KernelScene(new SceneOptions
        {
            Cores = 1,
            Kernel = new ArrakisOptions
            {
                VirtualFunctions = 8,
                SlicePs = 100 * Picoseconds.PerMicrosecond,
            },
        })
            .Tenant("halting", CorePlacement.Shared, Programs.HaltingEcho)
            .Tenant("busy", CorePlacement.Shared, Programs.Compute)
            .Start();
        scene.Run(2 * Picoseconds.PerMillisecond);
        Assert.Same(
            scene.Domain("busy").Programs[0].Context, scene.Machine.Cores[0].Current);

        scene.Arrive(KernelScene.FrameTo(0), scene.NowPs);
        scene.Run(2 * Picoseconds.PerMillisecond);

        Assert.Single(scene.Wire);
    }

    [Fact]
    public void Cores_that_are_all_owned_are_refused_and_one_stays_for_those_that_share()
    {
        using var scene = new KernelScene(new SceneOptions { Cores = 3 })
            .Tenant("shares", CorePlacement.Shared, Programs.Compute)
            .Tenant("own[0]", CorePlacement.Own, Programs.Compute)
            .Tenant("own[1]", CorePlacement.Own, Programs.Compute)
            .Tenant("own[2]", CorePlacement.Own, Programs.Compute)
            .Tenant("pinned", new CorePlacement(CorePlacementKind.Pinned, 7), Programs.Compute)
            .Start();

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal(
            [("server.own[2]", "none of 3 cores is left to own"),
                ("server.pinned", (string?)"core 7 cannot be shared")],
            scene.Readiness);
        Assert.NotNull(scene.Domain("shares").Programs[0].Context.Core);
    }

    private static async Disguise.Actors.Execution.EmulatedTask Turns(
        TestProgram program, string name, List<string> order)
    {
        // Both wait until both are there.
        await program.Work(50 * Picoseconds.PerMicrosecond);
        for (var turn = 0; turn < 3; turn++)
        {
            order.Add(name);
            await program.Yield();
        }

        await program.Exit();
    }

    private static async Disguise.Actors.Execution.EmulatedTask Allocate(
        TestProgram program, int pages)
    {
        program.Note();
        var answer = await program.Call(new Command.AllocateMemory(default, pages));
        Assert.Equal(RefusalReason.None, answer.Refusal);
        program.Note();
    }

    private static async Disguise.Actors.Execution.EmulatedTask Hold(
        TestProgram program, VirtualLock shared, long heldPs)
    {
        for (var turn = 0; turn < 10; turn++)
        {
            await program.Context.Sync();
            shared.Acquire(program.Context, program.Context.Account);
            program.Note();
            program.Context.Charge(HardwareCosts.Work, heldPs);
            program.Note();
            shared.Release(program.Context);
            await program.Work(1_000_000);
        }
    }

    /// <summary>Kernel work on core 0 after a time that was not the slice's own end.</summary>
    private static long KernelStolenPs(KernelScene scene, long sincePs) =>
        scene.ToKernel.Count(delivered =>
            delivered.Message is Kernels.Arrakis.Containers.ContainerProtocol.Request
            && delivered.TimePs > sincePs) * 2 * KernelScene.CallPs;
}
