using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Results;
using Disguise.Host.Running;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel.Network;

namespace Disguise.Host.Tests.Runs;

/// <summary>Something is taken back from a tenant, asked for first or not, and what came of it.
/// </summary>
public sealed class VisibleRevocationSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;

    [Theory]
    [InlineData("yield", "ask, deadline: 50us", "returned", 0, 20)]
    [InlineData("late", "ask, deadline: 50us", "returned-late", 50, 70)]
    [InlineData("ignore", "ask, deadline: 50us", "forced", 100, 120)]
    [InlineData("hostile", "ask, deadline: 50us", "forced", 100, 120)]
    [InlineData("ignore", "ask, deadline: 20us", "forced", 70, 90)]
    [InlineData("yield", "force", "forced", 0, 20)]
    public void An_environment_gives_its_network_back_in_its_own_way(
        string answer, string mode, string outcome, double fromUs, double toUs)
    {
        string[] settings =
            ["duration=400us", $"machines.server.tenants.echo.revocation={answer}"];
        var calm = Run("exokernel", SmallWorld.Text, settings);
        var result = Run("exokernel", TextOf("network", mode), settings);

        var injection = Assert.Single(result.Injections);
        Assert.Equal(outcome, injection.Outcome);
        Assert.InRange(injection.DoneAfterUs!.Value, fromUs, toUs);
        Assert.Null(injection.RecoveredAfterUs);
        Assert.Equal(Each(calm)[0], Each(result)[0]);
        Assert.True(Each(result)[1] < Each(calm)[1]);
        Assert.Equal(
            answer == "hostile" ? 2 : 0,
            result.ControlPlane.Refused.GetValueOrDefault("give-back"));
        Assert.All(result.Referees, referee => Assert.Equal(0, referee.Violations));
    }

    [Theory]
    [InlineData("arrakis", "network", "forced")]
    [InlineData("monolithic", "network", "forced")]
    [InlineData("microkernel", "network", "forced")]
    [InlineData("arrakis", "processor", "not-applicable")]
    [InlineData("monolithic", "memory", "not-applicable")]
    [InlineData("microkernel", "time-slice", "not-applicable")]
    [InlineData("exokernel", "processor", "returned")]
    public void Each_architecture_says_what_came_of_the_same_order(
        string architecture, string resource, string outcome)
    {
        var result = Run(
            architecture, TextOf(resource, "ask"), "duration=400us",
            $"architecture=[{architecture}]");

        Assert.Equal(outcome, Assert.Single(result.Injections).Outcome);
        Assert.All(result.Referees, referee => Assert.Equal(0, referee.Violations));
    }

    [Theory]
    [InlineData("exokernel", "server.nic.vf[1]", "network", "returned")]
    [InlineData("exokernel", "server.nic.vf[3]", "network", "not-applicable")]
    [InlineData("arrakis", "server.nic.vf[1]", "network", "forced")]
    [InlineData("monolithic", "server.nic.vf[1]", "network", "not-applicable")]
    [InlineData("exokernel", "server.core[1]", "processor", "returned")]
    [InlineData("arrakis", "server.core[1]", "processor", "not-applicable")]
    [InlineData("microkernel", "server.core[1]", "time-slice", "not-applicable")]
    public void A_function_or_a_core_is_taken_from_who_has_it(
        string architecture, string target, string resource, string outcome)
    {
        var text = TextOf(resource, "ask").Replace(
            "server.echo[1]", target, StringComparison.Ordinal);
        var result = Run(
            architecture, text, "duration=400us", $"architecture=[{architecture}]");

        var injection = Assert.Single(result.Injections);
        Assert.Equal((outcome, target), (injection.Outcome, injection.Target));
        Assert.Equal(outcome != "not-applicable", injection.DoneAfterUs is not null);
        // Who is hit has done less than who is not, where a network was taken.
        Assert.Equal(
            outcome != "not-applicable" && resource == "network",
            Each(result)[1] < Each(result)[0] / 2);
    }

    [Theory]
    [InlineData("exokernel", "yield", "returned")]
    [InlineData("exokernel", "ignore", "forced")]
    [InlineData("arrakis", "yield", "not-applicable")]
    public void Memory_is_asked_of_who_has_lost_its_network_too(
        string architecture, string answer, string outcome)
    {
        var text = SmallWorld.Text.Replace(
            "{ kind: udp-echo, port: 7, work: 0us }",
            "{ kind: page-scan, pages: 16, frames: 12, store-latency: 5us }",
            StringComparison.Ordinal);
        text = text[..text.IndexOf("clients:", StringComparison.Ordinal)] + """
            inject:
              - { at: 50us, revoke: { target: "server.echo[1]", resource: network, mode: force } }
              - { at: 90us, revoke: { target: "server.echo[1]", resource: memory, amount: 4 } }
            """;
        var result = Run(
            architecture, text, "duration=400us", $"architecture=[{architecture}]",
            $"machines.server.tenants.echo.revocation={answer}");

        Assert.Equal("forced", result.Injections[0].Outcome);
        Assert.Equal(outcome, result.Injections[1].Outcome);
        Assert.Equal(outcome == "not-applicable" ? null : 4, result.Injections[1].Amount);
    }

    [Theory]
    [InlineData("yield")]
    [InlineData("ignore")]
    public void An_environment_without_slices_does_not_run_and_its_neighbour_does(string answer)
    {
        string[] settings =
        [
            "duration=400ms", $"machines.server.tenants.echo.revocation={answer}",
            "clients.load.count=2", "clients.load.app.outstanding=1",
        ];
        var calm = Run("exokernel", SmallWorld.Text, settings);
        var result = Run("exokernel", TextOf("time-slice", "ask"), settings);

        // The slice that had begun runs to its end: 80 ms of 400.
        Assert.InRange((double)Each(result)[1] / Each(calm)[1], 0.05, 0.25);
        Assert.Equal(Each(calm)[0], Each(result)[0]);
    }

    [Fact]
    public void An_answer_with_another_s_binding_breaks_nothing() => Assert.Equal(
        (true, false), BoundAfterHostileAnswer(Guards.All));

    [Fact]
    public void Without_the_guard_it_breaks_the_neighbour_s() => Assert.Equal(
        (false, true), BoundAfterHostileAnswer(Guards.AllBut(NetworkGuards.GivenBack)));

    /// <summary>Whether the neighbour's function and the asked environment's are driven still.
    /// </summary>
    private static (bool Neighbour, bool Asked) BoundAfterHostileAnswer(Guards guards)
    {
        var experiment = SmallWorld.Read(
            SmallWorld.Text, "architecture=[exokernel]",
            "machines.server.tenants.echo.revocation=hostile");
        using var world = WorldBuilder.Build(
            experiment, Architectures.Of("exokernel"),
            SmallWorld.OptionsOf(experiment) with { Guards = guards });
        var phases = new RunPhases(world, new ProgressLine(
            "test", world.Emulation, 0, SmallWorld.Silent, true));
        Assert.True(phases.SetUp());
        var machine = world.Machines[0];
        var nowPs = machine.Board.Island.NowPs;
        machine.Board.Island.Enter();
        Assert.True(machine.Kernel.Revoke(new RevocationOrder(
            "server.echo[1]", RevocationOrder.Network, Asks: true, 20 * Us, nowPs + Us)));

        world.Emulation.Run(nowPs + (300 * Us));

        bool IsDriven(int function) =>
            machine.Nic.StateOf(function)!.Rings.Any(ring => ring.IsEnabled);
        return (IsDriven(0), IsDriven(1));
    }

    private static string TextOf(string resource, string mode) => SmallWorld.Text + "\n" + $$"""
        inject:
          - at: 50us
            revoke: { target: "server.echo[1]", resource: {{resource}}, mode: {{mode}} }
        """;

    private static RunResult Run(string architecture, string text, params string[] settings)
    {
        var experiment = SmallWorld.Read(text, [$"architecture=[{architecture}]", .. settings]);
        return new ArchitectureRun(
            experiment, Architectures.Of(architecture), CostBook.Load(experiment),
            new RunSettings { Quiet = true }, SmallWorld.Silent).Run().Result;
    }

    private static long[] Each(RunResult result) =>
        [.. result.Groups.Single(group => group.Tenants == 2).Each
            .Select(tenant => tenant.Operations!.Value)];
}
