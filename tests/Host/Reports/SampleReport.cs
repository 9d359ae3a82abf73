using Disguise.Host.Reports;
using Disguise.Host.Tests.Results;

namespace Disguise.Host.Tests.Reports;

/// <summary>A report with every part filled.</summary>
internal static class SampleReport
{
    public const string Yaml = """
        name: first
        platform: xeon-e5-2430-x520
        profile: extaris
        seed: 42
        machines:
          - name: server
            tenants:
              - name: echo        # <1 & "2"
                app: { kind: udp-echo, port: 7 }
        """;

    public static ReportData Make() => new(
        SampleResult.Make(),
        Yaml,
        [
            new ReportRun("arrakis", ArrakisLedger(), Distributions(1_500_000)),
            new ReportRun("monolithic", MonolithicLedger(), Distributions(6_200_000)),
        ])
    {
        Requests =
            [SampleRequests.Bypass("arrakis"), SampleRequests.ThroughKernel("monolithic")],
    };

    private static LatencyDistribution[] Distributions(long shortestPs) =>
    [
        new LatencyDistribution("echo", SampleResult.Latencies(shortestPs).Buckets()),
        new LatencyDistribution("store", SampleResult.Latencies(shortestPs * 3 / 2).Buckets()),
    ];

    private static LedgerLine[] ArrakisLedger() =>
    [
        new LedgerLine(
            "network-stack", "server.echo", 342_000, 44_460_000_000, "profile",
            "Peter et al., OSDI 2014, Table 1", false),
        new LedgerLine("poll", "server.echo", 171_000, 261_600_000_000, "experiment", null, false),
        new LedgerLine(
            "mmio-write", "server.echo", 342_000, 13_680_000_000, "platform",
            "Intel 82599 datasheet, 1.4; measured on Sandy Bridge", false),
        new LedgerLine("line-from-dma", "server.echo", 171_000, 170_000, "platform", null, true),
    ];

    private static LedgerLine[] MonolithicLedger() =>
    [
        .. Enumerable.Range(1, 45).Select(number => new LedgerLine(
            $"item-{number:00}",
            number % 2 == 0 ? "server.kernel" : "server.echo",
            48_000,
            (46 - number) * 1_000_000_000L,
            number % 3 == 0 ? "profile" : "platform",
            "Peter et al., OSDI 2014, Table 1",
            number % 7 == 0)),
    ];
}
