namespace Disguise.Host.Experiments;

/// <summary>
/// The one table of what can be asked for and what is there. A key of the experiment file names
/// its mechanism in the table of keys; a mechanism that stands here with false is named on
/// standard error and left out.
/// </summary>
public sealed class BuiltMechanisms : IBuiltMechanisms
{
    internal const string Network = "network";
    internal const string SwitchLatency = "network.switch-latency";
    internal const string LeafSpine = "network.leaf-spine";
    internal const string SwitchesAndLinks = "network.switches-and-links";
    internal const string Nic = "nic";
    internal const string Display = "display";
    internal const string Nvme = "nvme";
    internal const string RateLimit = "rate-limit";
    internal const string Churn = "churn";
    internal const string SpreadServers = "servers.spread";
    internal const string MachineSpread = "machines.spread";
    internal const string MachineArchitecture = "machines.architecture";
    internal const string MachinePlatform = "machines.platform";
    internal const string RecordPackets = "record.packets";
    internal const string RecordTrace = "record.trace";
    internal const string Expect = "expect";
    internal const string Sweep = "sweep";
    internal const string Repeat = "repeat";
    internal const string Plugins = "plugins";
    internal const string Interval = "interval";

    private const string ApplicationPrefix = "app.";

    private static readonly (string Mechanism, bool Built)[] Table =
    [
        (Network, true),
        (SwitchLatency, true),
        (LeafSpine, false),
        (SwitchesAndLinks, false),
        (Nic, true),
        (Display, true),
        (Nvme, false),
        (RateLimit, true),
        (Churn, true),
        (SpreadServers, true),
        (MachineSpread, false),
        (MachineArchitecture, false),
        (MachinePlatform, false),
        (RecordPackets, true),
        (RecordTrace, true),
        (Expect, true),
        (Sweep, true),
        (Repeat, true),
        (Plugins, true),
        (Interval, true),
        (Architecture("arrakis"), true),
        (Architecture("exokernel"), true),
        (Architecture("monolithic"), true),
        (Architecture("microkernel"), true),
        (Application("udp-echo"), true),
        (Application("rogue"), true),
        (Application("counter"), true),
        (Application("stride"), true),
        (Application("memory-bench"), true),
        (Application("matrix-multiply"), true),
        (Application("page-scan"), true),
        (Application("fork-bench"), true),
        (Application("call-bench"), true),
        (Application("draw"), true),
        (Application("ipc-bench"), true),
        (Application("udp-load"), true),
        (Application("pcap-replay"), true),
        (Fault("link-down"), true),
        (Resource("network"), true),
        (Resource("processor"), true),
        (Resource("memory"), true),
        (Resource("storage"), false),
        (Resource("virtual-function"), false),
        (Resource("filter"), false),
        (Resource("handler"), false),
        (Resource("time-slice"), true),
        (Resource("window"), true),
    ];

    private readonly HashSet<string> built =
    [
        .. Table.Where(row => row.Built).Select(row => row.Mechanism),
    ];

    private BuiltMechanisms() { }

    /// <summary>The mechanisms of this program.</summary>
    public static BuiltMechanisms Here { get; } = new();

    /// <inheritdoc/>
    public bool Has(string mechanism) => built.Contains(mechanism);

    /// <summary>The mechanism that an architecture is.</summary>
    public static string Architecture(string name) => $"architecture.{name}";

    /// <summary>The mechanism that a kind of application or client is.</summary>
    public static string Application(string kind) => ApplicationPrefix + kind;

    /// <summary>The kind of application or client that a mechanism is; null for any other.
    /// </summary>
    public static string? ApplicationOf(string mechanism) =>
        mechanism.StartsWith(ApplicationPrefix, StringComparison.Ordinal)
            ? mechanism[ApplicationPrefix.Length..] : null;

    /// <summary>The mechanism that a kind of fault is.</summary>
    public static string Fault(string kind) => $"fault.{kind}";

    /// <summary>The mechanism that revoking a resource is.</summary>
    public static string Resource(string name) => $"revoke.{name}";
}
