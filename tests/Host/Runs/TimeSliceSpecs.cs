using Disguise.Actors.Time;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Results;
using Disguise.Host.Running;

namespace Disguise.Host.Tests.Runs;

/// <summary>Who says how long a program keeps a core that another wants.</summary>
public sealed class TimeSliceSpecs
{
    private const double MeasuredMs = 1_000;

    private const string Text = """
        name: slices
        platform: decstation-5000-125
        profile: aegis-exos
        seed: 1
        duration: 1s
        network: { bandwidth: 10Mbps, latency: 1us }
        machines:
          - name: server
            cores: 1
            memory: 64MiB
            tenants:
              - name: busy
                count: 2
                app: { kind: matrix-multiply, size: 600, instructions: 23 }
                core: shared
        """;

    [Theory]
    [InlineData("decstation-5000-125", "aegis-exos", 15.625)]
    [InlineData("decstation-2100", "aegis-exos", 15.625)]
    [InlineData("pentium-pro-200", "xok", 80)]
    [InlineData("xeon-e5-2430-x520", "extaris", 80)]
    public void The_code_base_says_how_an_exokernel_cuts_its_time(
        string platform, string profile, double sliceMs)
    {
        var result = Run("exokernel", $"platform={platform}", $"profile={profile}");

        // The timer's interrupt, and the library that has saved its context.
        Assert.Equal(2 * MeasuredMs / sliceMs, result.SchedulerMessages!.Value, 3.0);
    }

    [Theory]
    [InlineData("arrakis")]
    [InlineData("exokernel")]
    [InlineData("monolithic")]
    [InlineData("microkernel")]
    public void An_experiment_says_it_for_every_architecture(string architecture)
    {
        string[] platform = ["platform=xeon-e5-2430-x520", "profile=extaris"];
        string Slice(string length) => $"machines.server.time-slice={length}";

        var whole = Run(architecture, [.. platform, Slice("20ms")]);
        var half = Run(architecture, [.. platform, Slice("10ms")]);

        Assert.InRange(whole.SchedulerMessages!.Value, MeasuredMs / 25, 2 * MeasuredMs / 18);
        Assert.Equal(2, (double)half.SchedulerMessages!.Value / whole.SchedulerMessages.Value, 0.2);
    }

    [Theory]
    [InlineData("exokernel")]
    [InlineData("monolithic")]
    [InlineData("microkernel")]
    public void The_longest_slice_keeps_nobody_from_its_set_up(string architecture)
    {
        var result = Run(
            architecture, "platform=xeon-e5-2430-x520", "profile=extaris", "duration=4s",
            "machines.server.time-slice=1s", "machines.server.tenants.busy.count=4",
            "machines.server.tenants.busy.app.size=100");

        Assert.All(result.Groups[0].Each, tenant => Assert.True(tenant.Operations > 0));
    }

    [Fact]
    public void A_set_up_may_take_the_longer_the_more_tenants_a_core_has()
    {
        long Limit(params string[] settings) => SetUpLimit.Of(SmallWorld.Read(Text, settings));
        const long Second = Picoseconds.PerSecond;
        const string Ten = "machines.server.tenants.busy.count=10";

        // Xok's 80 ms are the longest slice that a kernel has of its own.
        Assert.Equal((60 * Second) + (4 * 2 * 80 * Second / 1_000), Limit());
        Assert.Equal(100 * Second, Limit(Ten, "machines.server.time-slice=1s"));
        Assert.Equal(
            80 * Second, Limit(Ten, "machines.server.time-slice=1s", "machines.server.cores=2"));
        Assert.Equal(100 * Second, Limit(
            Ten, "machines.server.time-slice=1s", "machines.server.cores=2",
            "machines.server.tenants.busy.core=1"));
    }

    [Fact]
    public void Who_waits_for_its_set_up_for_ever_is_named_in_one_line()
    {
        var experiment = SmallWorld.Read();
        using var world = WorldBuilder.Build(
            experiment, Architectures.Of("arrakis"), SmallWorld.OptionsOf(experiment));
        var progress = new ProgressLine("test", world.Emulation, 0, SmallWorld.Silent, true);

        var error = Assert.Throws<ExperimentError>(
            () => new RunPhases(world, progress) { LongestSetUpPs = 1 }.SetUp());

        Assert.Equal(
            "small.yaml: tenants that are not set up after 1 ps of virtual time: 2, "
            + "server.echo[0] first; allowed: fewer tenants on a core, or a shorter time-slice",
            error.Message);
    }

    private static RunResult Run(string architecture, params string[] settings)
    {
        var experiment = SmallWorld.Read(Text, [$"architecture=[{architecture}]", .. settings]);
        return new ArchitectureRun(
            experiment, Architectures.Of(architecture), CostBook.Load(experiment),
            new RunSettings { Quiet = true, Threads = 1 }, SmallWorld.Silent).Run().Result;
    }
}
