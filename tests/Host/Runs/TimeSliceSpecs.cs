using Disguise.Host.Composition;
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

    private static RunResult Run(string architecture, params string[] settings)
    {
        var experiment = SmallWorld.Read(Text, [$"architecture=[{architecture}]", .. settings]);
        return new ArchitectureRun(
            experiment, Architectures.Of(architecture), CostBook.Load(experiment),
            new RunSettings { Quiet = true, Threads = 1 }, SmallWorld.Silent).Run().Result;
    }
}
