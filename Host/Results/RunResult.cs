using System.Text.Json.Serialization;

namespace Disguise.Host.Results;

/// <summary>
/// What one run under one architecture measured, over the measured stretch of virtual time. A value
/// that was not measured is null, never 0.
/// </summary>
public sealed record RunResult
{
    /// <summary>The architecture's name.</summary>
    public required string Architecture { get; init; }

    /// <summary>The interface that applications had: <c>native</c> or <c>posix</c>.</summary>
    public string? Interface { get; init; }

    /// <summary>
    /// How libraries waited for packets, as it was: <c>poll</c>, <c>doorbell</c>,
    /// <c>adaptive(5us)</c>; <c>kernel</c> where a process can only block in its kernel.
    /// </summary>
    public string? Wait { get; init; }

    /// <summary>The software profile charged; null where the experiment names none.</summary>
    public string? Profile { get; init; }

    /// <summary>The platform whose hardware costs were charged.</summary>
    public string? Platform { get; init; }

    /// <summary>The run hash over every crossing: 64 hexadecimal digits.</summary>
    public string? Hash { get; init; }

    /// <summary>Operations that clients saw complete or applications measured.</summary>
    public long? Operations { get; init; }

    /// <summary>Operations a second of virtual time.</summary>
    [JsonPropertyName("operations_per_s")]
    public double? OperationsPerSecond { get; init; }

    /// <summary>Operations a second that clients tried to send.</summary>
    [JsonPropertyName("offered_per_s")]
    public double? OfferedPerSecond { get; init; }

    /// <summary>Operations a second of wall time.</summary>
    [JsonPropertyName("operations_per_wall_s")]
    public double? OperationsPerWallSecond { get; init; }

    /// <summary>Mean number of cores that did not idle; polling is busy.</summary>
    public double? CoresBusy { get; init; }

    /// <summary>Operations a second of virtual time for each busy core.</summary>
    [JsonPropertyName("operations_per_core_s")]
    public double? OperationsPerCoreSecond { get; init; }

    /// <summary>Latency as the clients saw it, in microseconds.</summary>
    public LatencySummary LatencyUs { get; init; } = LatencySummary.NotMeasured;

    /// <summary>Requests that clients gave up, as no reply came within their timeout.</summary>
    public long? RequestsLost { get; init; }

    /// <summary>
    /// Protection crossings an operation: a key for each kind that occurred, and <c>total</c>,
    /// their sum. <see cref="OpenCounts.PerOperation"/> makes it.
    /// </summary>
    public IReadOnlyDictionary<string, double>? CrossingsPerOperation { get; init; }

    /// <summary>Register accesses over the bus, doorbells included, an operation.</summary>
    public double? MmioPerOperation { get; init; }

    /// <summary>
    /// Messages that the dispatcher delivered to the kernel between a frame's arrival and its
    /// reply: a total, wake-ups and slice ends left out.
    /// </summary>
    public long? KernelMessagesOnDataPath { get; init; }

    /// <summary>Wake-ups and slice ends delivered to the kernel: a total.</summary>
    public long? SchedulerMessages { get; init; }

    /// <summary>Bytes that software copied an operation.</summary>
    public double? BytesCopiedPerOperation { get; init; }

    /// <summary>How the cores spent the measured time.</summary>
    public CoreTime CoreTime { get; init; } = CoreTime.NotMeasured;

    /// <summary>Microseconds of processor time an operation, by component.</summary>
    public IReadOnlyDictionary<string, double>? CpuUsPerOperation { get; init; }

    /// <summary>Frames on wires.</summary>
    public PacketCounts Packets { get; init; } = PacketCounts.NotMeasured;

    /// <summary>
    /// Accesses that moved no byte because hardware refused them: <c>mmu</c> those of processors,
    /// <c>iommu</c> those of devices; a key for each that occurred.
    /// </summary>
    public IReadOnlyDictionary<string, long>? AccessFaults { get; init; }

    /// <summary>
    /// How often secure bindings were checked and used on all machines, by name, from boot on: what
    /// is bound is bound before anything is measured. Null where the architecture has none.
    /// </summary>
    public IReadOnlyDictionary<string, long>? SecureBindings { get; init; }

    /// <summary>Calls of the control plane.</summary>
    public ControlPlaneResult ControlPlane { get; init; } = ControlPlaneResult.None;

    /// <summary>Tenants that came and went; null where none does.</summary>
    public ChurnResult? Churn { get; init; }

    /// <summary>Tenants that their kernel refused to set up: they served nobody.</summary>
    public long? TenantsRefused { get; init; }

    /// <summary>Which tenants were refused, and why, by address.</summary>
    public IReadOnlyList<RefusedTenant> Refusals { get; init; } = [];

    /// <summary>Tenants whose program crashed, from boot on.</summary>
    public long? TenantsCrashed { get; init; }

    /// <summary>The first crash of each of them, by address.</summary>
    public IReadOnlyList<CrashedTenant> Crashed { get; init; } = [];

    /// <summary>What was injected and what came of it, in order of time.</summary>
    public IReadOnlyList<InjectionResult> Injections { get; init; } = [];

    /// <summary>
    /// Revocations by their outcome: a key for each that occurred; null where none was ordered.
    /// </summary>
    public IReadOnlyDictionary<string, long>? Revocations { get; init; }

    /// <summary>What the referees checked.</summary>
    public IReadOnlyList<RefereeResult> Referees { get; init; } = [];

    /// <summary>
    /// Time series, when the experiment gives an interval: <see cref="SeriesTimeKey"/> holds the
    /// ends of the intervals, every other key one value for each of them, null where none.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double?>> Series { get; init; } =
        new Dictionary<string, IReadOnlyList<double?>>();

    /// <summary>The groups of tenants, in the order of the experiment.</summary>
    public IReadOnlyList<GroupResult> Groups { get; init; } = [];

    /// <summary>
    /// Begins the key in <see cref="Series"/> of a group's operations a second, before its name;
    /// such series are there where there are several groups.
    /// </summary>
    public const string GroupSeriesPrefix = "operations_per_s_";

    /// <summary>
    /// The key in <see cref="Series"/> of the intervals' ends, in microseconds from the start of
    /// the measured time.
    /// </summary>
    public const string SeriesTimeKey = "at_us";
}
