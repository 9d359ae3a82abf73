using System.Reflection;
using Disguise.Actors.Time;
using Disguise.Hardware.Network;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Referees;
using Disguise.Host.Results;
using Disguise.Host.Running;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;

namespace Disguise.Host.Tests.Referees;

/// <summary>Referees find what is planted, and nothing where nothing is.</summary>
public sealed class RefereeSpecs
{
    private const string Experiment = """
        name: refereed
        duration: 1ms
        machines:
          - name: server
            cores: 4
            nic: { vfs: 2, when-vfs-run-out: emulate }
            tenants:
              - { name: echo, count: 4, app: { kind: udp-echo } }
        clients:
          - { name: load, count: 3, app: { kind: udp-load, outstanding: 4, target: echo } }

        """;

    [Fact]
    public void A_sound_world_is_found_sound_at_any_time()
    {
        using var world = Build(out var phases);
        for (var step = 1; step <= 40; step++)
        {
            phases.RunUntil(phases.LoadStartPs + (step * 7_777_777L));

            foreach (var result in Referee.Check(world))
            {
                Assert.True(result.Violations == 0, string.Join("; ", result.Findings));
                Assert.True(result.Checked > 0 || result.Name == "wrong-bytes", result.Name);
            }
        }

        Assert.True(world.Machines[0].Nic.Counters.Sent > 100);
    }

    [Fact]
    public void A_frame_of_memory_with_two_owners_is_found()
    {
        using var world = Build(out _);
        var controlPlane = ControlPlaneOf(world);
        var victim = controlPlane.Extents().First();
        var owner = controlPlane.Containers().Last();
        // The record that the frames are taken is lost; they are given to another.
        Call(Property(Tables(controlPlane), "FreeFrames"), "Release", victim.FirstFrame, 1);
        controlPlane.Apply(new ControlEvent.MemoryAllocated(
            controlPlane.Extents().Count(), owner.Slot, victim.FirstFrame, 1));

        AssertFinds(world, "frame-ownership", "belongs to container");
    }

    [Fact]
    public void A_capability_whose_parent_is_dead_is_found()
    {
        using var world = Build(out _);
        var controlPlane = ControlPlaneOf(world);
        var parent = controlPlane.Capabilities
            .First(one => one.Kind == CapabilityKind.Memory && one.Parent >= 0).Parent;
        var capabilities = Property(Tables(controlPlane), "Capabilities");
        var records = capabilities.GetType()
            .GetField("records", BindingFlags.Instance | BindingFlags.NonPublic)!
            .GetValue(capabilities)!;
        var nothing = Activator.CreateInstance(records.GetType().GenericTypeArguments[0])!;
        Call(records, "Release", parent, nothing);

        AssertFinds(world, "capabilities", "descends from none that lives");
    }

    [Fact]
    public void A_frame_that_vanishes_in_a_component_is_found()
    {
        using var world = Build(out var phases);
        phases.RunUntil(phases.LoadStartPs + Picoseconds.PerMillisecond);
        foreach (var passed in new[]
        {
            world.Clients[0].Link.Counters, world.Switch.Counters,
            world.Machines[0].SwitchLink.Counters,
        })
        {
            passed.CountReceived();
            passed.CountSent();
        }

        world.Machines[0].Nic.Counters.CountReceived();

        AssertFinds(world, "packets", "1 frames were lost without a reason");
    }

    [Fact]
    public void A_frame_that_is_dropped_but_kept_is_found()
    {
        using var world = Build(out var phases);
        phases.RunUntil(phases.LoadStartPs + Picoseconds.PerMillisecond);
        var island = world.SwitchIsland;
        island.Enter();
        island.Frames.Take(60);
        world.Switch.Counters.CountReceived();
        world.Switch.Counters.CountDropped(NetworkDrops.NoPort);
        world.Clients[0].Link.Counters.CountReceived();
        world.Clients[0].Link.Counters.CountSent();

        AssertFinds(world, "packets", "1 frames are alive that nobody has");
    }

    [Fact]
    public void More_frames_out_than_in_are_found()
    {
        using var world = Build(out _);
        world.Machines[0].Link.Counters.CountSent();

        AssertFinds(world, "packets", "1 frames more came out than went in");
    }

    private static World Build(out RunPhases phases)
    {
        var experiment = ExperimentReader.ReadText("refereed.yaml", Experiment);
        var world = WorldBuilder.Build(experiment, Architectures.Of("arrakis"), new WorldOptions
        {
            Seed = 7,
            Costs = CostBook.Load(experiment).Table,
        });
        phases = new RunPhases(world, new Silence());
        phases.SetUp();
        return world;
    }

    private static void AssertFinds(World world, string referee, string text)
    {
        var result = Referee.Check(world).Single(one => one.Name == referee);
        Assert.Contains(
            result.Findings, finding => finding.Contains(text, StringComparison.Ordinal));
        Assert.True(result.Violations > 0);
    }

    private static ArrakisControlPlane ControlPlaneOf(World world) =>
        ((ArrakisView)world.Machines[0].Kernel).Kernel.ControlPlane;

    private static object Tables(ArrakisControlPlane controlPlane) => typeof(ArrakisControlPlane)
        .GetField("tables", BindingFlags.Instance | BindingFlags.NonPublic)!
        .GetValue(controlPlane)!;

    private static object Property(object target, string name) =>
        target.GetType().GetProperty(name)!.GetValue(target)!;

    private static void Call(object target, string name, params object[] arguments) =>
        target.GetType().GetMethod(name)!.Invoke(target, arguments);

    private sealed class Silence : Actors.Islands.IProgressObserver
    {
        public bool Reached(long nowPs) => true;
    }
}
