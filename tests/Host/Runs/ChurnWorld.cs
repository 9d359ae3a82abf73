using Disguise.Host.Experiments;
using Disguise.Host.Results;
using Disguise.Host.Running;

namespace Disguise.Host.Tests.Runs;

/// <summary>Experiments in which tenants come and go, as text.</summary>
internal static class ChurnWorld
{
    /// <summary>The architectures under which tenants can come and go.</summary>
    public static TheoryData<string> Architectures => new("arrakis", "monolithic", "microkernel");

    /// <summary>A machine of four cores with a group that comes and goes.</summary>
    /// <param name="churn">The group's keys: <c>arrive: 2000/s</c> and the like.</param>
    /// <param name="places">Places for tenants.</param>
    /// <param name="load">What their clients send.</param>
    /// <param name="more">Keys of the experiment beside these.</param>
    public static string Text(
        string churn, int places = 8, string load = "rate: 200000/s", string more = "") => $$"""
        name: churn
        platform: xeon-e5-2430-x520
        profile: extaris
        seed: 1
        warm-up: 0us
        duration: 4ms
        architecture: [arrakis]
        network: { bandwidth: 10Gbps, latency: 450ns }
        machines:
          - name: server
            count: 1
            cores: 4
            memory: 64MiB
            nic: { vfs: 4, when-vfs-run-out: emulate }
            tenants:
              - name: echo
                count: {{places}}
                app: { kind: udp-echo, port: 7, work: 0us }
                core: shared
                wait: doorbell
                {{churn}}
        clients:
          - name: load
            count: {{places}}
            app: { kind: udp-load, target: echo, payload: 64, {{load}} }
        {{more}}
        """;

    public static Experiment Read(string text, params string[] settings) =>
        SmallWorld.Read(text, settings);

    /// <summary>Runs an experiment under one architecture.</summary>
    public static RunOutcome Run(
        Experiment experiment, string architecture = "arrakis", int threads = 1) =>
        new ArchitectureRun(
            experiment, Disguise.Host.Composition.Architectures.Of(architecture),
            CostBook.Load(experiment),
            new RunSettings { Quiet = true, Threads = threads }, SmallWorld.Silent).Run();

    /// <summary>What came and went; there must be no finding of a referee.</summary>
    public static ChurnResult Churn(RunOutcome outcome)
    {
        Assert.All(outcome.Result.Referees, referee => Assert.Empty(referee.Findings));
        return outcome.Result.Churn!;
    }
}
