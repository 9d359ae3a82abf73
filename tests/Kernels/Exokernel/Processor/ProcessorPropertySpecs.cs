using CsCheck;
using Disguise.Actors.Time;
using Disguise.Kernels.Exokernel.Processor;

namespace Disguise.Kernels.Tests.Exokernel.Processor;

public class ProcessorPropertySpecs
{
    private const int Environments = 6;

    private static readonly Gen<(int Kind, int A, int B, int Wait)[]> SomeSteps =
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, 5], Gen.Int[0, 7], Gen.Int[0, 300])
            .Array[1, 120];

    [Fact]
    public void Whatever_environments_do_with_their_time_the_machines_promises_hold() =>
        SomeSteps.Sample(
            steps => Play(steps, ProcessorOptions.Aegis with { Positions = 8 }), iter: 2000);

    [Fact]
    public void They_hold_for_Xoks_quanta_too() =>
        SomeSteps.Sample(
            steps => Play(steps, ProcessorOptions.Xok with { Positions = 8 }), iter: 2000);

    [Fact]
    public void Who_always_wants_to_run_gets_its_part_of_the_vector()
    {
        Gen.Int[0, Environments - 1].Array[8].Sample(holders =>
        {
            var scene = new ProcessorScene(Environments);
            for (var position = 0; position < holders.Length; position++)
                scene.Hold(holders[position], position);
            scene.Start();
            scene.Run(8 * 50);
            scene.Core.Evict(scene.Core.Running, scene.NowPs);
            for (var environment = 0; environment < Environments; environment++)
            {
                Assert.Equal(
                    holders.Count(holder => holder == environment) / 8.0,
                    scene.Share(environment), 9);
            }
        });
    }

    private static void Play(
        (int Kind, int A, int B, int Wait)[] steps, ProcessorOptions options)
    {
        var scene = new ProcessorScene(Environments, options, cores: 2);
        var charged = 0;
        foreach (var (kind, a, b, wait) in steps)
        {
            scene.Run(wait / 100.0);
            var core = a % 2;
            Do(scene, core, kind, a, b);
            scene.Settle(core);
            CheckPromises(scene);
            charged = Math.Max(charged, scene.Times.IsPresent(a) ? scene.Times[a].ExcessTicks : 0);
        }

        Assert.InRange(charged, 0, options.ExcessThresholdTicks);
    }

    private static void Do(ProcessorScene scene, int core, int kind, int a, int b)
    {
        var machine = scene.Cores[core];
        var running = machine.Running;
        var nowPs = scene.NowPs;
        SliceDecision? decision = kind switch
        {
            0 or 1 when scene.Times.IsPresent(a) => Allocate(machine, a, b, nowPs),
            2 when machine.Vector.HolderOf(b) == a => Free(machine, b, nowPs),
            3 => Wake(scene, a, machine, nowPs),
            4 when running >= 0 => machine.Finish(running, nowPs),
            5 when machine.CheckYield(running, b) == SliceRefusal.None && running >= 0 =>
                machine.Yield(running, b, nowPs),
            6 when running >= 0 => machine.Sleep(running, nowPs + (b * 10_000_000L), nowPs),
            7 when machine.CheckEnter(running, b, isSynchronous: true) == SliceRefusal.None
                && running >= 0 => machine.Enter(running, b, isSynchronous: true, nowPs),
            8 when machine.CheckEnter(running, b, isSynchronous: false) == SliceRefusal.None
                && running >= 0 => machine.Enter(running, b, isSynchronous: false, nowPs),
            9 when machine.CheckReturn(running, b) == SliceRefusal.None && running >= 0 =>
                machine.Return(running, b, nowPs),
            10 => Overstay(scene, a),
            _ => null,
        };
        if (decision is { } taken)
            scene.Take(taken, core);
    }

    private static SliceDecision? Allocate(SliceMachine machine, int a, int b, long nowPs)
    {
        if (machine.Vector.CheckAllocate(b) != SliceRefusal.None)
            return null;
        machine.Vector.Allocate(a, b);
        return machine.Reconsider(nowPs);
    }

    private static SliceDecision? Free(SliceMachine machine, int b, long nowPs)
    {
        machine.Vector.Free(b);
        return machine.Reconsider(nowPs);
    }

    private static SliceDecision? Wake(
        ProcessorScene scene, int a, SliceMachine machine, long nowPs)
    {
        if (scene.Times.IsPresent(a))
            scene.Times.Wake(a);
        return machine.Reconsider(nowPs);
    }

    private static SliceDecision? Overstay(ProcessorScene scene, int a)
    {
        if (!scene.Overstaying.Add(a))
            scene.Overstaying.Remove(a);
        return null;
    }

    private static void CheckPromises(ProcessorScene scene)
    {
        for (var core = 0; core < scene.Cores.Count; core++)
        {
            var machine = scene.Cores[core];
            var decision = scene.Decisions[core];
            Assert.True(decision.TimerPs >= scene.NowPs, $"{decision} at {scene.NowPs}");
            Assert.Equal(machine.Running, decision.Environment);
            if (machine.Running >= 0)
                Assert.Equal(core, scene.Times[machine.Running].Core);
            for (var position = 0; position < machine.Vector.Length; position++)
            {
                var holder = machine.Vector.HolderOf(position);
                Assert.True(holder == SliceVector.Nobody || scene.Times.IsPresent(holder));
            }

            // A core stands idle only while all who hold slices there sleep or are elsewhere.
            if (machine.Running >= 0 || decision.TimerPs == scene.NowPs)
                continue;
            for (var holder = 0; holder < Environments; holder++)
            {
                if (machine.Vector.CountOf(holder) == 0)
                    continue;
                ref var heir = ref scene.Times[scene.Times.HeirOf(holder)];
                Assert.True(heir.IsAsleep || heir.Core >= 0 || WasElsewhere(scene, core));
            }
        }

        long ranPs = 0;
        for (var environment = 0; environment < Environments; environment++)
        {
            if (scene.Times.IsPresent(environment))
                ranPs += scene.Times[environment].RanPs;
        }

        Assert.InRange(ranPs, 0, 2 * scene.NowPs);
    }

    /// <summary>Whoever left the other core since is found when this one is looked at.</summary>
    private static bool WasElsewhere(ProcessorScene scene, int core)
    {
        var decision = scene.Cores[core].Reconsider(scene.NowPs);
        scene.Take(decision, core);
        return decision.Environment >= 0;
    }
}
