using Disguise.Host.Results;

namespace Disguise.Host.Tests.Results;

/// <summary>A result with every part filled: two architectures, echo and a second group.</summary>
internal static class SampleResult
{
    public static readonly string[] Architectures =
        ["arrakis", "exokernel", "monolithic", "microkernel"];

    public static ExperimentResult Make()
    {
        RunResult[] runs = [Arrakis(), Monolithic()];
        return new ExperimentResult
        {
            Status = "complete",
            Experiment = "first",
            Version = "0.1.0",
            Seed = 42,
            Hash = ResultHash.Of(runs),
            Rerun = "./disguise compare experiments/first.yaml --seed 42",
            Threads = 2,
            Nodes = 1,
            Islands = 2,
            VirtualSeconds = 0.021,
            WallSeconds = 1.25,
            Events = 3_417_220,
            EventsPerWallSecond = 2_733_776,
            Tenants = 16,
            BytesPerTenant = 11_264,
            Checks =
            [
                new CheckResult
                {
                    Expect = "arrakis.kernel_messages_on_data_path == 0",
                    Left = 0, Right = 0, Holds = true,
                },
                new CheckResult
                {
                    Expect = "arrakis.operations_per_s / monolithic.operations_per_s > 5",
                    Left = 3.5625, Right = 5, Holds = false,
                },
                new CheckResult { Expect = "exokernel.operations_per_s > 0", Right = 0 },
            ],
            Runs = runs,
        };
    }

    /// <summary>Latencies that spread as a queue's do: most short, with a long tail.</summary>
    public static LatencyRecorder Latencies(long shortestPs)
    {
        var recorder = new LatencyRecorder();
        for (var rank = 1; rank <= 10_000; rank++)
        {
            recorder.Record(shortestPs + shortestPs * 40 / (10_040 - rank) * 7);
        }

        return recorder;
    }

    private static RunResult Arrakis() => new()
    {
        Architecture = "arrakis",
        Interface = "native",
        Wait = "poll",
        Profile = "extaris",
        Platform = "xeon-e5-2430-x520",
        Hash = new string('a', 64),
        Operations = 171_000,
        OperationsPerSecond = 8_550_000,
        OperationsPerWallSecond = 136_800,
        CoresBusy = 16,
        OperationsPerCoreSecond = 534_375,
        LatencyUs = Latencies(1_500_000).Summarise(),
        CrossingsPerOperation = OpenCounts.PerOperation([], 171_000),
        MmioPerOperation = 2,
        KernelMessagesOnDataPath = 0,
        SchedulerMessages = 0,
        BytesCopiedPerOperation = 0,
        CoreTime = new CoreTime { Work = 0.1825, Kernel = 0, Poll = 0.8175, Idle = 0 },
        CpuUsPerOperation = new Dictionary<string, double> { ["network-stack"] = 0.26 },
        Packets = new PacketCounts
        {
            Sent = 171_016,
            Received = 171_008,
            Dropped = OpenCounts.Occurred([new("link-down", 8)]),
        },
        ControlPlane = new ControlPlaneResult
        {
            Calls = OpenCounts.Occurred([new("create-vic", 16), new("create-filter", 17)]),
            LatencyUs = new Dictionary<string, LatencySummary>
            {
                ["create-vic"] = Latencies(42_000_000).Summarise(),
            },
            Refused = OpenCounts.Occurred([new("create-filter", 1)]),
        },
        Injections = [Revocation("forced", 212.5), LinkDown(2_003.75)],
        Referees = [Referee("frame-ownership", 0), Referee("packets", 0)],
        Series = Series([8.1e6, 8.6e6, 8.55e6, null, 8.5e6]),
        Groups = [Group("echo", 8_000_000, 1_500_000), Group("store", 550_000, 1_900_000)],
    };

    private static RunResult Monolithic() => new()
    {
        Architecture = "monolithic",
        Interface = "posix",
        Wait = "kernel",
        Profile = "extaris",
        Platform = "xeon-e5-2430-x520",
        Hash = new string('b', 64),
        Operations = 48_000,
        OperationsPerSecond = 2_400_000,
        OfferedPerSecond = 2_500_000,
        OperationsPerWallSecond = 38_400,
        CoresBusy = 12.5,
        OperationsPerCoreSecond = 192_000,
        LatencyUs = Latencies(6_200_000).Summarise(),
        CrossingsPerOperation = OpenCounts.PerOperation(
            [new("system-call", 96_000), new("interrupt", 40_800), new("upcall", 0)], 48_000),
        MmioPerOperation = 1.85,
        KernelMessagesOnDataPath = 136_800,
        SchedulerMessages = 47_110,
        BytesCopiedPerOperation = 128,
        CoreTime = new CoreTime { Work = 0.1, Kernel = 0.68125, Poll = 0, Idle = 0.21875 },
        CpuUsPerOperation = new Dictionary<string, double> { ["network-stack"] = 1.26 },
        Packets = new PacketCounts
        {
            Sent = 48_016,
            Received = 48_014,
            Dropped = OpenCounts.Occurred([]),
        },
        Injections = [Revocation("not-applicable", null), LinkDown(null)],
        Referees = [Referee("frame-ownership", 0), Referee("packets", 2)],
        Series = Series([2.3e6, 2.42e6, 2.41e6, 1.1e6, 2.4e6]),
        Groups = [Group("echo", 2_200_000, 6_200_000), Group("store", 200_000, 9_100_000)],
    };

    private static GroupResult Group(string name, double perSecond, long shortestPs) => new()
    {
        Name = name,
        Tenants = 2,
        Operations = (long)(perSecond / 50),
        OperationsPerSecond = perSecond,
        LatencyUs = Latencies(shortestPs).Summarise(),
        Each =
        [
            new TenantResult { Name = $"server.{name}[0]", Operations = 10_001 },
            new TenantResult { Name = $"server.{name}[1]", Operations = 10_002 },
        ],
    };

    private static InjectionResult Revocation(string outcome, double? recoveredAfterUs) => new()
    {
        AtUs = 5_000,
        What = "revoke network",
        Target = "server.echo[3]",
        Outcome = outcome,
        RecoveredAfterUs = recoveredAfterUs,
    };

    private static InjectionResult LinkDown(double? recoveredAfterUs) => new()
    {
        AtUs = 8_000,
        What = "fault link-down",
        Target = "server.nic.vf[7]",
        RecoveredAfterUs = recoveredAfterUs,
    };

    private static RefereeResult Referee(string name, long violations) => new()
    {
        Name = name,
        Checked = 171_016,
        Violations = violations,
        Findings = violations == 0 ? [] : ["48,016 in, 48,014 out, none dropped"],
    };

    private static Dictionary<string, IReadOnlyList<double?>> Series(double?[] perSecond) => new()
    {
        [RunResult.SeriesTimeKey] = [4_000, 8_000, 12_000, 16_000, 20_000],
        ["operations_per_s"] = perSecond,
    };
}
