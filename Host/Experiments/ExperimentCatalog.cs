namespace Disguise.Host.Experiments;

/// <summary>The names that an experiment may use; plug-ins add to them before it is read.</summary>
public sealed record ExperimentCatalog
{
    /// <summary>The names of this program.</summary>
    public static ExperimentCatalog Default { get; } = new();

    /// <summary>Kinds of application and client.</summary>
    public ApplicationCatalog Applications { get; init; } = ApplicationCatalog.Default;

    /// <summary>Kinds of fault.</summary>
    public FaultCatalog Faults { get; init; } = FaultCatalog.Default;

    /// <summary>Architectures, in the order in which tables show them.</summary>
    public IReadOnlyList<string> Architectures { get; init; } =
    ["arrakis", "exokernel", "monolithic", "microkernel"];

    /// <summary>Those among them that plug-ins brought.</summary>
    public IReadOnlyList<string> PluginArchitectures { get; init; } = [];

    /// <summary>
    /// Platforms by name; the first is the default. A path to a file will do too.
    /// </summary>
    public IReadOnlyList<string> Platforms { get; init; } =
    [
        "xeon-e5-2430-x520",
        "ideal-vnic",
        "pentium-pro-200",
        "decstation-5000-240",
        "decstation-5000-125",
        "decstation-3100",
        "decstation-2100",
    ];

    /// <summary>Profiles by name; the first is the default.</summary>
    public IReadOnlyList<string> Profiles { get; init; } =
    ["extaris", "linux-3.8", "l4", "aegis-exos", "ultrix-4.2", "xok"];

    /// <summary>What can be revoked: four neutral resources, then kernels' own kinds.</summary>
    public IReadOnlyList<string> Resources { get; init; } =
    [
        "network",
        "processor",
        "memory",
        "storage",
        "virtual-function",
        "filter",
        "handler",
        "time-slice",
        "window",
    ];
}
