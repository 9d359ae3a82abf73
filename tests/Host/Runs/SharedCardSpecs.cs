using Disguise.Actors.Faults;
using Disguise.Hardware.Nic;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Explaining;
using Disguise.Host.Results;
using Disguise.Host.Running;
using Disguise.Kernels.Exokernel.Network;

namespace Disguise.Host.Tests.Runs;

/// <summary>Environments without a function of the card share its physical one.</summary>
public sealed class SharedCardSpecs
{
    private const string Attacked = """
        name: rogue
        seed: 1
        duration: 1ms
        architecture: [exokernel]
        machines:
          - name: server
            cores: 2
            memory: 64MiB
            nic: { vfs: 1, when-vfs-run-out: emulate }
            tenants:
              - { name: victim, app: { kind: udp-echo }, core: own, wait: poll }
              - { name: rogue, app: { kind: rogue }, core: own, wait: poll }
        clients:
          - name: load
            count: 1
            app: { kind: udp-load, target: rogue, rate: 100000/s, arrivals: even }
        """;

    private static readonly string[] Shared =
        ["machines.server.nic.vfs=1", "machines.server.nic.when-vfs-run-out=emulate"];

    public static TheoryData<string, string, string, int> Ways()
    {
        var ways = new TheoryData<string, string, string, int>();
        foreach (var known in new[] { "native", "posix" })
        {
            foreach (var wait in new[] { "poll", "doorbell", "adaptive(5us)" })
            {
                ways.Add(known, wait, "own", 1);
                ways.Add(known, wait, "own", 4);
                if (wait != "poll")
                    ways.Add(known, wait, "0", 2);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_steps_of_a_request_add_up_and_the_kernel_is_on_its_path(
        string known, string wait, string core, int outstanding)
    {
        string[] settings =
        [
            .. Shared, "clients.load.count=1", "clients.load.app.target=server.echo[1]",
            $"machines.server.tenants.echo.interface={known}",
            $"machines.server.tenants.echo.wait={wait}",
            $"machines.server.tenants.echo.core={core}",
            $"clients.load.app.outstanding={outstanding}",
        ];
        var result = Run(1, SmallWorld.Text, settings);

        var operations = result.Operations!.Value;
        Assert.InRange(operations, 10, long.MaxValue);
        // One message for each frame in and one call for each out, and an interrupt for a row of
        // frames.
        var messages = result.KernelMessagesOnDataPath!.Value;
        Assert.InRange(messages, (2.05 * operations) - 8, (3 * operations) + 12);
        if (outstanding == 1)
            Assert.InRange(messages, (3 * operations) - 12, (3 * operations) + 12);
        Assert.All(result.Referees, referee => Assert.Equal(0, referee.Violations));
        var experiment = Read(SmallWorld.Text, settings);
        foreach (var request in new[] { 1, 5 })
        {
            var explained = new ExplainRun(
                experiment, Architectures.Of("exokernel"), CostBook.Load(experiment),
                new Thing(ThingKind.Client, 0, 0, 0, 0), request).Explain(SmallWorld.Silent);
            var path = explained.Steps.Where(step => step.OnCriticalPath).ToList();
            Assert.Equal(explained.LatencyPs, path.Sum(step => step.DurationPs));
            Assert.Contains(path, step => step.What.Contains("demultiplexing"));
            Assert.Contains(path, step => step.What.Contains("copy-receive"));
        }
    }

    [Fact]
    public void Two_threads_of_the_emulator_give_the_hash_of_one()
    {
        string[] settings =
        [
            .. Shared, "machines.server.count=3", "clients.load.count=6", "network.loss=0.01",
        ];

        Assert.Equal(
            Run(1, SmallWorld.Text, settings).Hash, Run(2, SmallWorld.Text, settings).Hash);
    }

    [Theory]
    [InlineData("emulate", true)]
    [InlineData("refuse", false)]
    public void Whether_it_is_shared_at_all_the_experiment_says(string when, bool isServed)
    {
        var result = Run(
            1, SmallWorld.Text, "machines.server.nic.vfs=1",
            $"machines.server.nic.when-vfs-run-out={when}");

        Assert.Equal([true, isServed], Each(result).Select(operations => operations > 0));
    }

    [Fact]
    public void Who_sends_in_another_s_name_is_refused_and_so_is_memory_of_nobody()
    {
        var (spoofed, unexpected, unbound) = Attack(Guards.All);

        Assert.Equal((25, 0, 25), (spoofed, unexpected, unbound));
    }

    [Fact]
    public void Without_the_check_it_goes_out_in_the_neighbour_s_name()
    {
        var (spoofed, unexpected, unbound) =
            Attack(Guards.AllBut(NetworkGuards.TransmitSource));

        Assert.Equal((0, 25, 25), (spoofed, unexpected, unbound));
    }

    [Theory]
    [InlineData("yield", "ask, deadline: 50us", "returned")]
    [InlineData("ignore", "ask, deadline: 20us", "forced")]
    [InlineData("hostile", "ask, deadline: 20us", "forced")]
    [InlineData("yield", "force", "forced")]
    public void A_share_is_taken_back_like_a_function(string answer, string mode, string outcome)
    {
        string[] settings =
        [
            .. Shared, "duration=400us", $"machines.server.tenants.echo.revocation={answer}",
        ];
        var text = SmallWorld.Text + "\n" + $$"""
            inject:
              - at: 50us
                revoke: { target: "server.echo[1]", resource: network, mode: {{mode}} }
            """;
        var calm = Run(1, SmallWorld.Text, settings);
        var result = Run(1, text, settings);

        Assert.Equal(outcome, Assert.Single(result.Injections).Outcome);
        // They share the wire.
        Assert.InRange(Each(result)[0], Each(calm)[0] - 2, Each(calm)[0] + 2);
        Assert.True(Each(result)[1] < Each(calm)[1]);
        Assert.All(result.Referees, referee => Assert.Equal(0, referee.Violations));
    }

    [Fact]
    public void What_finds_its_ring_full_is_dropped_with_that_reason()
    {
        var result = Run(
            1, SmallWorld.Text, Shared[0], Shared[1], "clients.load.count=1",
            "clients.load.app.target=server.echo[1]",
            "machines.server.tenants.echo.app.work=50us", "duration=2ms",
            "clients.load.app.outstanding=100");

        Assert.InRange(
            result.Packets!.Dropped![ExokernelDrops.PacketRingFull.Name], 1, long.MaxValue);
        Assert.All(result.Referees, referee => Assert.Equal(0, referee.Violations));
    }

    [Fact]
    public void A_flood_leaves_half_of_the_core_to_who_is_to_answer_it()
    {
        var (served, dropped) = Flood(Guards.All);

        // Half of the core for receiving, half for answering: about what it can do at all.
        Assert.InRange(served, 1_000, 10_000);
        Assert.True(dropped > served);
    }

    [Fact]
    public void Without_the_share_it_answers_nobody() => Assert.InRange(
        Flood(Guards.AllBut(NetworkGuards.ReceiveShare)).Served, 0, 200);

    [Fact]
    public void A_request_takes_no_memory_of_the_emulator()
    {
        string[] settings =
        [
            .. Shared, "clients.load.count=1", "clients.load.app.target=server.echo[1]",
            "duration=20ms",
        ];
        var experiment = Read(SmallWorld.Text, settings);
        using var world = WorldBuilder.Build(
            experiment, Architectures.Of("exokernel"), SmallWorld.OptionsOf(experiment));
        var phases = new RunPhases(world, new ProgressLine(
            "test", world.Emulation, 0, SmallWorld.Silent, true));
        Assert.True(phases.SetUp());
        Assert.True(phases.RunUntil(phases.MeasureEndPs / 2));
        var (bytes, served) = (Allocated(), world.Clients[0].Load!.Counters.Received);
        Assert.True(phases.RunUntil(phases.MeasureEndPs));

        served = world.Clients[0].Load!.Counters.Received - served;
        Assert.True(served > 1_000);
        Assert.InRange((Allocated() - bytes) / served, 0, 8);

        static long Allocated() => GC.GetAllocatedBytesForCurrentThread();
    }

    private static (long Served, long Dropped) Flood(Guards guards)
    {
        string[] settings =
        [
            .. Shared, "clients.load.count=4", "clients.load.app.target=server.echo[1]",
            "machines.server.tenants.echo.wait=doorbell", "machines.server.tenants.echo.core=0",
            "duration=2ms", "clients.load.rate=8000000/s", "clients.load.arrivals=even",
        ];
        var text = SmallWorld.Text.Replace(", outstanding: 2", "", StringComparison.Ordinal);
        var experiment = Read(text, settings);
        using var world = WorldBuilder.Build(
            experiment, Architectures.Of("exokernel"),
            SmallWorld.OptionsOf(experiment) with { Guards = guards });
        var phases = new RunPhases(world, new ProgressLine(
            "test", world.Emulation, 0, SmallWorld.Silent, true));
        Assert.True(phases.SetUp());
        var before = new Snapshot(world);
        Assert.True(phases.RunUntil(phases.MeasureEndPs));
        return (
            world.Clients.Sum(client => client.Load!.Counters.Received),
            new Snapshot(world).DroppedSince(before).Sum(pair => pair.Value));
    }

    private static (long Spoofed, long Unexpected, long Unbound) Attack(Guards guards)
    {
        var experiment = SmallWorld.Read(Attacked);
        using var world = WorldBuilder.Build(
            experiment, Architectures.Of("exokernel"),
            SmallWorld.OptionsOf(experiment) with { Guards = guards });
        var phases = new RunPhases(world, new ProgressLine(
            "test", world.Emulation, 0, SmallWorld.Silent, true));
        Assert.True(phases.SetUp());
        var before = new Snapshot(world);
        Assert.True(phases.RunUntil(phases.MeasureEndPs));
        var dropped = new Snapshot(world).DroppedSince(before);
        dropped.TryGetValue(NicDrops.SpoofedSource.Name, out var spoofed);
        dropped.TryGetValue(ExokernelDrops.UnboundBuffer.Name, out var unbound);
        return (spoofed, world.Clients[0].Load!.Counters.Unexpected, unbound);
    }

    private static Experiment Read(string text, params string[] settings) => SmallWorld.Read(
        text, ["architecture=[exokernel]", .. settings]);

    private static RunResult Run(int threads, string text, params string[] settings) =>
        new ArchitectureRun(
            Read(text, settings), Architectures.Of("exokernel"),
            CostBook.Load(Read(text, settings)),
            new RunSettings { Quiet = true, Threads = threads }, SmallWorld.Silent).Run().Result;

    private static long[] Each(RunResult result) =>
        [.. result.Groups.Single(group => group.Tenants == 2).Each
            .Select(tenant => tenant.Operations!.Value)];
}
