using System.Diagnostics;
using System.Text.Json;

namespace Disguise.Benchmarks.Tenancy;

/// <summary>
/// What a tenant costs that mostly waits: resident bytes, as the difference between two numbers of
/// tenants after each has answered one packet, and the time until all are up. Each number is
/// measured in a process of its own.
/// </summary>
internal sealed class Tenants : Benchmark
{
    private const int PerMachine = 1_000;
    private const int CoresOfMachine = 16;
    private const int Outstanding = 64;
    private const double AimBytes = 12_000;
    private const double AimSeconds = 10;
    private const int AimTenants = 100_000;

    public override Report Run(Request request)
    {
        request.AllowOnly("tenants", "threads", "alone");
        var threads = request.Number("threads", 1, 64, 2);
        if (request.Number("alone", 1, 10_000_000, 0) is var alone and > 0)
            return MeasureAlone(alone, threads);
        var counts = request.Numbers("tenants", 1, 10_000_000, 10_000, AimTenants);
        var report = new Report(
            $"tenants: ideal-vnic, {PerMachine} a machine, shared cores, doorbell, each has "
                + "answered a packet",
            "tenants", "threads", "start s", "of the aim", "resident MB", "live MB",
            "memory MB", "resident B/tenant", "live B/tenant", "resident of the aim");
        var previous = default(Sample?);
        foreach (var count in counts)
        {
            var sample = MeasureInChild(count, threads);
            double more = sample.Tenants - (previous?.Tenants ?? sample.Tenants);
            var resident = (sample.ResidentBytes - (previous?.ResidentBytes ?? 0)) / more;
            var live = (sample.LiveBytes - (previous?.LiveBytes ?? 0)) / more;
            report.Add(
                count, threads, sample.StartSeconds,
                count == AimTenants ? sample.StartSeconds / AimSeconds : "",
                sample.ResidentBytes / 1e6, sample.LiveBytes / 1e6, sample.TouchedBytes / 1e6,
                more > 0 ? Math.Round(resident) : "", more > 0 ? Math.Round(live) : "",
                more > 0 ? resident / AimBytes : "");
            previous = sample;
        }

        return report;
    }

    private static Report MeasureAlone(int tenants, int threads)
    {
        var begun = Process.GetCurrentProcess().StartTime;
        using var world = EchoWorld.Build(Yaml(tenants), threads);
        world.SetUp();
        var startSeconds = (DateTime.Now - begun).TotalSeconds;
        world.RunUntilAnswered(tenants + Outstanding);
        GC.Collect(2, GCCollectionMode.Aggressive, true, true);
        var live = GC.GetTotalMemory(false);
        var resident = Process.GetCurrentProcess().WorkingSet64;
        if (world.CountSenders() is var senders && senders != tenants)
            throw new InvalidOperationException($"{senders} of {tenants} tenants answered");
        var report = new Report(
            "alone", nameof(Sample.Tenants), nameof(Sample.StartSeconds),
            nameof(Sample.ResidentBytes), nameof(Sample.LiveBytes), nameof(Sample.TouchedBytes));
        report.Add(tenants, startSeconds, resident, live, world.TouchedBytes);
        return report;
    }

    private static Sample MeasureInChild(int tenants, int threads)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in (string[])
            ["tenants", "--alone", $"{tenants}", "--threads", $"{threads}", "--json"])
        {
            start.ArgumentList.Add(argument);
        }

        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        if (child.ExitCode != 0)
            throw new InvalidOperationException($"the child ended with {child.ExitCode}");
        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty("rows")[0].Deserialize<Sample>();
    }

    private static string Yaml(int tenants) => $$"""
        name: tenants
        platform: ideal-vnic
        architecture: [arrakis]
        duration: 1000s
        network: { bandwidth: 10Gbps, latency: 450ns, loss: 0 }
        machines:
          - name: server
            count: {{(tenants + PerMachine - 1) / PerMachine}}
            cores: {{CoresOfMachine}}
            memory: 64GiB
            nic: { vfs: {{PerMachine}} }
            tenants:
              - { name: echo, total: {{tenants}}, app: { kind: udp-echo, port: 7 },
                  interface: native, core: shared, wait: doorbell }
        clients:
          - { name: load, count: 1, choose: all,
              app: { kind: udp-load, target: echo, payload: 64, outstanding: {{Outstanding}} } }
        """;

    private readonly record struct Sample(
        int Tenants, double StartSeconds, long ResidentBytes, long LiveBytes, long TouchedBytes);
}
