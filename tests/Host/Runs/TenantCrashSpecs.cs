using System.Text.Json;
using Disguise.Actors.Time;
using Disguise.Host.Composition;
using Disguise.Host.Referees;
using Disguise.Host.Running;
using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Waiting;
using Disguise.Specification.Applications;
using Disguise.Specification.Worlds;

namespace Disguise.Host.Tests.Runs;

/// <summary>A program that crashes is told, and is a finding where nothing of the experiment's
/// explains it.</summary>
public sealed class TenantCrashSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;

    /// <summary>A product too large for the machine: its program is refused its pages.</summary>
    private const string TooLarge = """
        name: too-large
        platform: xeon-e5-2430-x520
        profile: extaris
        seed: 1
        warm-up: 1us
        duration: 100us
        architecture: [exokernel]
        network: { bandwidth: 10Gbps, latency: 450ns }
        machines:
          - name: server
            cores: 2
            memory: 2MiB
            tenants:
              - name: bench
                count: 2
                app: { kind: matrix-multiply, size: 1000 }
        """;

    [Fact]
    public void A_program_that_is_refused_what_it_needs_is_a_finding_and_exit_code_1()
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            "run", command.Write("too-large.yaml", TooLarge), "--json", "--quiet", "--out",
            command.PathOf("run"));

        Assert.Equal(1, code);
        Assert.Contains("server.bench[0]: crashed before it was measured: ", errors);
        Assert.Contains("server.bench[1]: crashed before it was measured: ", errors);
        using var document = JsonDocument.Parse(output);
        var run = document.RootElement.GetProperty("runs")[0];
        Assert.Equal(0, run.GetProperty("operations").GetInt64());
        Assert.Equal(2, run.GetProperty("tenants_crashed").GetInt64());
        var first = run.GetProperty("crashed")[0];
        Assert.Equal("server.bench[0]", first.GetProperty("address").GetString());
        Assert.EndsWith("pages: refused", first.GetProperty("reason").GetString());
        Assert.True(first.GetProperty("at_us").GetDouble() < 0);
        Assert.Equal(JsonValueKind.Null, first.GetProperty("after").ValueKind);
        var referee = Assert.Single(
            run.GetProperty("referees").EnumerateArray(),
            one => one.GetProperty("name").GetString() == "tenant-crashes");
        Assert.Equal(2, referee.GetProperty("violations").GetInt64());
    }

    [Fact]
    public void A_program_that_gets_what_it_needs_does_not_crash()
    {
        using var command = new CommandRun();
        var run = command.Result(
            command.Write("too-large.yaml", TooLarge), "--set",
            "machines.server.tenants.bench.app.size=10", "--set",
            "machines.server.memory=64MiB");

        Assert.True(run.GetProperty("operations").GetInt64() > 0);
        Assert.Equal(0, run.GetProperty("tenants_crashed").GetInt64());
        Assert.Equal(0, run.GetProperty("crashed").GetArrayLength());
    }

    [Theory]
    [InlineData("arrakis", TenantInterface.Native)]
    [InlineData("exokernel", TenantInterface.Native)]
    [InlineData("monolithic", TenantInterface.Posix)]
    [InlineData("microkernel", TenantInterface.Posix)]
    public void Every_architecture_tells_the_crash_of_a_program_and_of_no_other(
        string architecture, TenantInterface tenantInterface)
    {
        using var world = new SpecificationWorld(new WorldPlan
        {
            Architecture = Architectures.Of(architecture),
            Platform = "xeon-e5-2430-x520",
            Profile = "extaris",
            Interface = tenantInterface,
            Wait = tenantInterface == TenantInterface.Native ? WaitPolicy.Poll
                : WaitPolicy.Doorbell,
            Guards = Actors.Faults.Guards.All,
            Tenants =
            [
                new PlannedTenant("first", new CrashingEcho(SpecificationWorld.Port, 0)),
                new PlannedTenant("other", new CrashingEcho(SpecificationWorld.Port, 1)),
            ],
        });
        world.Run(500 * Us);
        Assert.Empty(world.Crashed);
        world.RevokeNetwork("first", world.NowPs + Us);
        world.Run(500 * Us);

        var crash = Assert.Single(world.Crashed);
        Assert.Equal("server.first", crash.Key);
        Assert.Contains("as it was told to", crash.Value);
    }

    [Fact]
    public void An_injection_on_the_tenant_explains_a_crash_after_it_and_no_other()
    {
        var experiment = SmallWorld.Read(SmallWorld.Text + "\n" + """
            inject:
              - { at: 50us, revoke: { target: "server.echo[1]", resource: network } }
              - { at: 60us, revoke: { target: "server.echo[0]", resource: memory } }
              - { at: 70us, fault: { target: "load[0].link", kind: link-down } }
            """);
        var (world, phases) = SmallWorld.SetUp(experiment);
        using var whole = world;
        var injections = new Injections(world);
        injections.Schedule(phases.MeasureStartPs);
        Assert.True(phases.RunUntil(phases.MeasureEndPs));

        foreach (var (address, atUs) in new[] { ("server.echo[0]", 90), ("server.echo[1]", 90) })
            world.Readiness.Crashed(address, "planted", phases.MeasureStartPs + (atUs * Us));
        var crashed = Crashes.Of(world, injections, phases.MeasureStartPs);

        Assert.Equal(
            [("server.echo[0]", null), ("server.echo[1]", "revoke network")],
            crashed.Select(crash => (crash.Address, crash.After)));
        Assert.All(crashed, crash => Assert.Equal(90, crash.AtUs));
        var found = Crashes.Judge(world, crashed);
        Assert.Equal(["server.echo[0]: planted"], found.Findings);
        Assert.Equal((2, 1), (found.Checked, found.Violations));
    }

    [Fact]
    public void An_injection_explains_no_crash_before_it()
    {
        var (world, phases) = SmallWorld.SetUp(SmallWorld.Read(SmallWorld.Text + "\n" + """
            inject:
              - { at: 50us, fault: { target: "server.nic", kind: link-down } }
            """));
        using var whole = world;
        var injections = new Injections(world);
        injections.Schedule(phases.MeasureStartPs);
        Assert.True(phases.RunUntil(phases.MeasureEndPs));
        world.Readiness.Crashed("server.echo[0]", "early", phases.MeasureStartPs + (40 * Us));
        world.Readiness.Crashed("server.echo[1]", "late", phases.MeasureStartPs + (60 * Us));

        Assert.Equal(
            [null, "fault link-down"],
            Crashes.Of(world, injections, phases.MeasureStartPs).Select(crash => crash.After));
    }
}
