using System.Globalization;
using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Running;

namespace Disguise.Host.Tests.Runs;

/// <summary>Small experiments that run in a few milliseconds, through the internal interface.
/// </summary>
internal static class SmallWorld
{
    public const string Text = """
        name: small
        platform: xeon-e5-2430-x520
        profile: extaris
        seed: 1
        warm-up: 0us
        duration: 200us
        architecture: [arrakis]
        network: { bandwidth: 10Gbps, latency: 450ns }
        machines:
          - name: server
            count: 1
            cores: 2
            nic: { vfs: 4 }
            tenants:
              - name: echo
                count: 2
                app: { kind: udp-echo, port: 7, work: 0us }
                interface: native
                core: own
                wait: poll
                rate-limit: none
        clients:
          - name: load
            count: 4
            app: { kind: udp-load, target: echo, payload: 64, outstanding: 2 }
        """;

    public static Terminal Silent { get; } =
        new(TextWriter.Null, TextWriter.Null, CancellationToken.None);

    public static Experiment Read(string text = Text, params string[] settings) =>
        ExperimentReader.ReadText("small.yaml", text, [.. settings.Select(Override.Set)]);

    public static RunOutcome Run(Experiment experiment, RunSettings? settings = null) =>
        new ArchitectureRun(
            experiment, Architectures.Of("arrakis"), CostBook.Load(experiment),
            (settings ?? new RunSettings()) with { Quiet = true }, Silent).Run();

    public static RunOutcome Run(params string[] settings) => Run(Read(Text, settings));

    public static string Hash(params string[] settings) => Run(settings).Result.Hash!;

    /// <summary>A world that has been set up; the caller runs it on.</summary>
    public static (World World, RunPhases Phases) SetUp(
        Experiment experiment, WorldOptions? options = null)
    {
        var world = WorldBuilder.Build(
            experiment, Architectures.Of("arrakis"),
            (options ?? OptionsOf(experiment)) with { Costs = CostBook.Load(experiment).Table });
        var phases = new RunPhases(world, new ProgressLine(
            "test", world.Emulation, 0, Silent, true));
        Assert.True(phases.SetUp());
        return (world, phases);
    }

    public static WorldOptions OptionsOf(Experiment experiment) => new()
    {
        Seed = experiment.Seed,
        Costs = CostBook.Load(experiment).Table,
    };

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
