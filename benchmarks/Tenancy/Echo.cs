using System.Diagnostics;
using Disguise.Actors.Time;

namespace Disguise.Benchmarks.Tenancy;

/// <summary>
/// Closed-loop UDP echo of 64 bytes: every tenant polls on a core and a virtual function of its
/// own, every client has one request under way, and all of it goes through switch, links,
/// descriptor rings, IOMMU and run hash.
/// </summary>
internal sealed class Echo : Benchmark
{
    private const int PerMachine = 50;
    private const double AimPerSecond = 400_000;
    private const int AimTenants = 1_000;
    private const double WarmUpSeconds = 3;

    private static TimeSpan ProcessorTime => Process.GetCurrentProcess().TotalProcessorTime;

    public override Report Run(Request request)
    {
        request.AllowOnly("tenants", "threads", "rounds", "seconds");
        var tenantCounts = request.Numbers("tenants", 1, 100_000, 10, 1_000, 10_000);
        var threadCounts = request.Numbers("threads", 1, 64, 1, 2);
        var rounds = request.Number("rounds", 1, 100, 3);
        var seconds = request.Number("seconds", 1, 600, 1);
        var report = new Report(
            $"echo: 64 B, native, poll, own cores, {PerMachine} tenants a machine, run hash on",
            "tenants", "threads", "echoes/s", "echoes/cpu s", "of 1 thread", "of the aim",
            "events/echo", "B/echo", "busiest");
        foreach (var tenants in tenantCounts)
        {
            var single = 0.0;
            foreach (var threads in threadCounts)
            {
                var best = Measure(tenants, threads, rounds, seconds);
                if (threads == 1)
                    single = best.PerSecond;
                report.Add(
                    tenants, threads, Math.Round(best.PerSecond),
                    Math.Round(best.PerProcessorSecond),
                    single > 0 ? best.PerSecond / single : "",
                    tenants == AimTenants && threads == 2 ? best.PerSecond / AimPerSecond : "",
                    best.EventsPerEcho, best.BytesPerEcho, best.BusiestShare);
            }
        }

        return report;
    }

    private static Round Measure(int tenants, int threads, int rounds, int seconds)
    {
        using var world = EchoWorld.Build(Yaml(tenants), threads);
        world.SetUp();
        var stepPs = Math.Max(
            Picoseconds.PerMicrosecond, Picoseconds.PerMillisecond * 100 / tenants);
        var emulation = world.Emulation;
        // On a busy machine wall time would end before the compiler has seen what is hot.
        var start = ProcessorTime;
        while ((ProcessorTime - start).TotalSeconds < WarmUpSeconds)
            emulation.Run(emulation.NowPs + stepPs);
        var best = default(Round);
        for (var round = 0; round < rounds; round++)
        {
            var measured = new Round(world);
            while (measured.WallSeconds < seconds)
                emulation.Run(emulation.NowPs + stepPs);
            measured.End(world);
            if (measured.PerSecond > best.PerSecond)
                best = measured;
        }

        return best;
    }

    private static string Yaml(int tenants) => $$"""
        name: echo
        architecture: [arrakis]
        duration: 1000s
        network: { bandwidth: 10Gbps, latency: 450ns, loss: 0 }
        machines:
          - name: server
            count: {{(tenants + PerMachine - 1) / PerMachine}}
            cores: {{PerMachine}}
            memory: 4GiB
            nic: { vfs: {{PerMachine}} }
            tenants:
              - { name: echo, total: {{tenants}}, app: { kind: udp-echo, port: 7 },
                  interface: native, core: own, wait: poll }
        clients:
          - { name: load, app: { kind: udp-load, target: echo, payload: 64, outstanding: 1 } }
        """;

    /// <summary>One measured stretch of wall time.</summary>
    private struct Round(EchoWorld world)
    {
        private readonly long echoesBefore = world.EchoCount;
        private readonly long eventsBefore = world.Emulation.EventCount;
        private readonly long bytesBefore = GC.GetTotalAllocatedBytes(true);
        private readonly long[] sharesBefore = [.. world.Emulation.WorkerEventCounts];
        private readonly TimeSpan processorBefore =
            ProcessorTime;
        private readonly long startedAt = Stopwatch.GetTimestamp();

        public readonly double WallSeconds =>
            Stopwatch.GetElapsedTime(startedAt).TotalSeconds;

        public double PerSecond { get; private set; }

        public double PerProcessorSecond { get; private set; }

        public double EventsPerEcho { get; private set; }

        /// <summary>Bytes of C# objects made for an echo.</summary>
        public double BytesPerEcho { get; private set; }

        /// <summary>Share of the events that the busiest thread ran.</summary>
        public double BusiestShare { get; private set; }

        public void End(EchoWorld world)
        {
            var seconds = WallSeconds;
            var processor =
                (ProcessorTime - processorBefore).TotalSeconds;
            double echoes = world.EchoCount - echoesBefore;
            var before = sharesBefore;
            var shares = world.Emulation.WorkerEventCounts
                .Select((count, index) => count - before[index]).ToArray();
            PerSecond = echoes / seconds;
            PerProcessorSecond = echoes / processor;
            EventsPerEcho = (world.Emulation.EventCount - eventsBefore) / echoes;
            BytesPerEcho = (GC.GetTotalAllocatedBytes(true) - bytesBefore) / echoes;
            BusiestShare = shares.Max() / (double)shares.Sum();
        }
    }
}
