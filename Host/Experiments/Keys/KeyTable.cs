using Disguise.Actors.Time;
using Disguise.Hardware.Display;
using Disguise.Kernels.Abstractions;

namespace Disguise.Host.Experiments.Keys;

/// <summary>
/// Every key of an experiment file, in one place: the reader, <c>--set</c>, the list of mechanisms
/// not built yet and the JSON schema all come from here.
/// </summary>
internal sealed class KeyTable
{
    public const int MostCores = 4_096;
    public const int MostVirtualFunctions = 4_096;
    public const int MostMembers = 1_000_000;
    public const int MostGroups = 10_000;
    private const long OneGibibyte = 1L << 30;

    public KeyTable(ExperimentCatalog catalog)
    {
        Uplink = LinkSection("10Gbps", "450ns");
        Network = NetworkSection();
        Nic = NicSection();
        Display = DisplaySection();
        Nvme = NvmeSection();
        Tenants = TenantSection(catalog);
        Machines = MachineSection(catalog);
        Clients = ClientSection(catalog);
        Record = RecordSection();
        Inject = InjectSection(catalog);
        Root = RootSection(catalog);
    }

    public Section Root { get; }

    public Section Network { get; }

    public Section Uplink { get; }

    public Section Machines { get; }

    public Section Nic { get; }

    public Section Display { get; }

    public Section Nvme { get; }

    public Section Tenants { get; }

    public Section Clients { get; }

    public Section Inject { get; }

    public Section Record { get; }

    private Section RootSection(ExperimentCatalog catalog) =>
        new(
            "a mapping",
            [.. RunKeys(catalog), .. WireKeys(), .. ContentKeys(), .. StudyKeys()]
        );

    /// <summary>What is run, with which costs, and for how long.</summary>
    private static Key[] RunKeys(ExperimentCatalog catalog) =>
    [
        new Key("name", Kinds.Name(), "the experiment's name") { Required = true },
        new Key("platform", Kinds.Platform(catalog.Platforms), "hardware costs")
        {
            Default = catalog.Platforms[0],
        },
        new Key("profile", Kinds.NameOrFile(catalog.Profiles), "software costs")
        {
            Default = catalog.Profiles[0],
        },
        new Key("seed", Kinds.Seed(), "all randomness comes from it") { Default = "1" },
        new Key("warm-up", Kinds.Time(), "virtual time after set-up, not measured")
        {
            Default = "0ms",
        },
        new Key("duration", Kinds.Time(1), "virtual time, measured") { Required = true },
        new Key("interval", Kinds.Time(1), "step of the time series")
        {
            Mechanism = BuiltMechanisms.Interval,
        },
        new Key(
            "architecture",
            new ListKind(Kinds.Choice(catalog.Architectures), 1, 64, orSingle: true),
            "the architectures to run under"
        ),
    ];

    /// <summary>What machines and clients are joined by.</summary>
    private Key[] WireKeys() =>
    [
        new Key("network", Network, "links and switches"),
        new Key(
            "switches",
            new ListKind(
                new Section(
                    "a switch",
                    new Key("name", Kinds.Name(), "its name") { Required = true },
                    new Key("latency", Kinds.Time(), "from input to output") { Default = "0ns" }
                ),
                1,
                MostGroups
            ),
            "switches, one by one"
        )
        {
            Mechanism = BuiltMechanisms.SwitchesAndLinks,
        },
        new Key(
            "links",
            new ListKind(
                new Section(
                    "a link",
                    [
                        new Key("from", Kinds.Name(), "one end") { Required = true },
                        new Key("to", Kinds.Name(), "the other end") { Required = true },
                        .. Uplink.Keys,
                    ]
                ),
                1,
                MostGroups
            ),
            "links, one by one"
        )
        {
            Mechanism = BuiltMechanisms.SwitchesAndLinks,
        },
    ];

    /// <summary>What stands in the world, what happens to it, and what is kept of it.</summary>
    private Key[] ContentKeys() =>
    [
        new Key("machines", new ListKind(Machines, 1, MostGroups), "the systems under test")
        {
            Required = true,
        },
        new Key("clients", new ListKind(Clients, 0, MostGroups), "load generators"),
        new Key("inject", new ListKind(Inject, 0, 100_000), "revocations and faults"),
        new Key("record", Record, "what is written beside the result"),
    ];

    /// <summary>What is claimed of the result, and what is varied.</summary>
    private static Key[] StudyKeys() =>
    [
        new Key(
            "expect",
            new ListKind(Kinds.AnExpectation(), 0, MostGroups, orSingle: true),
            "claims about the result"
        )
        {
            Mechanism = BuiltMechanisms.Expect,
        },
        new Key(
            "sweep",
            new PathMapKind("{ \"network.latency\": [450ns, 1us] }", lists: true),
            "settings to vary"
        )
        {
            Mechanism = BuiltMechanisms.Sweep,
        },
        new Key(
            "repeat",
            new Section(
                "a mapping",
                new Key("seeds", Kinds.Integer(1, 1_000_000), "most seeds a point")
                {
                    Default = "1",
                },
                new Key("until-half-width", Kinds.Ratio(), "stop at this confidence interval")
            ),
            "repeats of a sweep's points"
        )
        {
            Mechanism = BuiltMechanisms.Repeat,
        },
        new Key(
            "plugins",
            new ListKind(Kinds.Text(), 0, 1_000, orSingle: true),
            "libraries to load"
        )
        {
            Mechanism = BuiltMechanisms.Plugins,
        },
        new Key(
            "set",
            new PathMapKind("{ \"platform.KEY\": 80ns }", lists: false),
            "settings by path, as --set gives them"
        ),
    ];

    private Section NetworkSection() =>
        new(
            "a mapping",
            [
                .. LinkSection("10Gbps", "450ns").Keys,
                new Key("switch-latency", Kinds.Time(), "from a switch's input to its output")
                {
                    Default = "0ns",
                    Mechanism = BuiltMechanisms.SwitchLatency,
                },
                new Key(
                    "topology",
                    Kinds.Choice(
                        ["star", "leaf-spine"],
                        word => word == "leaf-spine" ? BuiltMechanisms.LeafSpine : null
                    ),
                    "one switch, or racks joined by spines"
                )
                {
                    Default = "star",
                },
                new Key("racks", Kinds.Integer(1, MostGroups), "leaf switches"),
                new Key("spines", Kinds.Integer(1, 1_000), "spine switches"),
                new Key("uplink", Uplink, "each link from a leaf to a spine"),
            ]
        );

    /// <summary>
    /// A link. Its latency is never zero: no wire is, and islands need time between them.
    /// </summary>
    private static Section LinkSection(string bandwidth, string latency) =>
        new(
            "a mapping",
            new Key("bandwidth", Kinds.BitRate(), "of each direction") { Default = bandwidth },
            new Key("latency", Kinds.Time(1_000), "one link, one way") { Default = latency },
            new Key("loss", Kinds.Ratio(), "share of frames lost") { Default = "0" }
        );

    private static Section NicSection() =>
        new(
            "a mapping",
            new Key(
                "vfs",
                Kinds.CountOrAll(MostVirtualFunctions),
                "virtual functions switched on; all: as many as the platform's card has"
            )
            {
                Default = "64",
            },
            new Key(
                "when-vfs-run-out",
                Kinds.Choice(["emulate", "refuse"]),
                "a software VIC for a tenant beyond the last, or a refusal"
            )
            {
                Default = "emulate",
            }
        );

    private static Section DisplaySection() =>
        new(
            "a mapping",
            new Key("width", Kinds.Integer(1, DisplayOptions.MostPixelsAcross), "pixels of a row")
            {
                Default = "640",
            },
            new Key("height", Kinds.Integer(1, DisplayOptions.MostPixelsAcross), "rows")
            {
                Default = "480",
            }
        );

    private static Section NvmeSection() =>
        new(
            "a mapping",
            new Key(
                "vfs",
                Kinds.Integer(1, MostVirtualFunctions),
                "secondary controllers switched on"
            )
            {
                Default = "64",
            },
            new Key("size", Kinds.Size(1L << 20, OneGibibyte << 20), "capacity")
            {
                Default = "1GiB",
            },
            new Key("write-latency", Kinds.Time(1), "of an unloaded write") { Default = "25us" }
        );

    private static Section TenantSection(ExperimentCatalog catalog) =>
        new(
            "a tenant group",
            new Key("name", Kinds.Name(), "the group's name") { Required = true },
            new Key("count", Kinds.Integer(1, MostMembers), "tenants on each machine")
            {
                Excludes = "total",
            },
            new Key("total", Kinds.Integer(1, 100_000_000), "tenants on all machines of the group"),
            new Key(
                "app",
                new ApplicationSection(catalog.Applications.For(clients: false)),
                "what each runs"
            )
            {
                Required = true,
            },
            new Key("interface", Kinds.Choice(["native", "posix"]), "of the library OS")
            {
                Default = "native",
            },
            new Key("core", Kinds.Core(), "where it runs") { Default = "shared" },
            new Key("wait", Kinds.Wait(), "how it waits") { Default = "doorbell" },
            new Key("rate-limit", Kinds.RateLimit(), "most that it may send") { Default = "none" },
            new Key(
                "revocation",
                Kinds.Choice(["yield", "late", "ignore", "hostile"]),
                "how its library answers when something is asked back"
            )
            {
                Default = "yield",
            },
            new Key(
                "servers",
                Kinds.Choice(
                    ["pin", "spread"],
                    word => word == "spread" ? BuiltMechanisms.SpreadServers : null
                ),
                "whether kernel and server work done for it stays on its core"
            )
            {
                Default = "pin",
            },
            new Key("start", Kinds.Time(), "when the group starts")
            {
                Mechanism = BuiltMechanisms.Churn,
            },
            new Key("arrive", Kinds.EventRate(), "tenants that come, in a second")
            {
                Mechanism = BuiltMechanisms.Churn,
            },
            new Key("lifetime", Kinds.Time(1), "how long a tenant lives")
            {
                Mechanism = BuiltMechanisms.Churn,
            }
        );

    private Section MachineSection(ExperimentCatalog catalog) =>
        new(
            "a machine group",
            new Key("name", Kinds.Name(), "the group's name") { Required = true },
            new Key("count", Kinds.Integer(1, MostMembers), "machines in the group")
            {
                Default = "1",
            },
            new Key("cores", Kinds.Integer(1, MostCores), "cores of each") { Default = "16" },
            new Key("memory", Kinds.Size(1L << 20, OneGibibyte << 20), "physical memory of each")
            {
                Default = "4GiB",
            },
            new Key(
                "time-slice",
                Kinds.Time(1_000_000, Picoseconds.PerSecond),
                "how long a program keeps a core that another wants; left out: the kernel's own"
            ),
            new Key("nic", Nic, "network card of each"),
            new Key("display", Display, "screen of each, with a tag for each pixel; left out: none")
            {
                Mechanism = BuiltMechanisms.Display,
            },
            new Key("nvme", Nvme, "storage device of each") { Mechanism = BuiltMechanisms.Nvme },
            new Key("architecture", Kinds.Choice(catalog.Architectures), "fixed for this group")
            {
                Mechanism = BuiltMechanisms.MachineArchitecture,
            },
            new Key("platform", Kinds.Platform(catalog.Platforms), "fixed for this group")
            {
                Mechanism = BuiltMechanisms.MachinePlatform,
            },
            new Key("spread", Kinds.Choice(["racks", "pack"]), "placement in racks")
            {
                Mechanism = BuiltMechanisms.MachineSpread,
            },
            new Key("tenants", new ListKind(Tenants, 0, MostGroups), "who runs on each")
        );

    private static Section ClientSection(ExperimentCatalog catalog) =>
        new(
            "a client group",
            new Key("name", Kinds.Name(), "the group's name") { Required = true },
            new Key(
                "count",
                Kinds.Integer(1, MostMembers),
                "clients in all; left out: one per target"
            ),
            new Key(
                "app",
                new ApplicationSection(catalog.Applications.For(clients: true)),
                "what each runs"
            )
            {
                Required = true,
            },
            new Key("choose", Kinds.TargetChoices(), "which target a request goes to"),
            new Key("rate", Kinds.EventRate(), "open loop: requests a second of the whole group"),
            new Key(
                "arrivals",
                Kinds.Choice(["poisson", "even"]),
                "open loop: how requests are spaced"
            )
        );

    private static Section RecordSection() =>
        new(
            "a mapping",
            new Key(
                "packets",
                new ListKind(Kinds.AnAddress(), 0, 4_096, orSingle: true),
                "links, NICs and VFs to capture"
            )
            {
                Mechanism = BuiltMechanisms.RecordPackets,
            },
            new Key("trace", Kinds.Boolean(), "whether every crossing is written")
            {
                Default = "false",
                Mechanism = BuiltMechanisms.RecordTrace,
            }
        );

    private static Section InjectSection(ExperimentCatalog catalog) =>
        new(
            "an injection",
            new Key("at", Kinds.Time(), "when, from the start of measuring") { Required = true },
            new Key(
                "revoke",
                new Section(
                    "a mapping",
                    new Key("target", Kinds.AnAddress(), "from whom") { Required = true },
                    new Key(
                        "resource",
                        Kinds.Choice(catalog.Resources, BuiltMechanisms.Resource),
                        "what"
                    )
                    {
                        Required = true,
                    },
                    new Key("mode", Kinds.Choice(["ask", "force"]), "asked first, or taken")
                    {
                        Default = "ask",
                    },
                    new Key(
                        "deadline", Kinds.Time(), "time to return it in; left out: 50us"),
                    new Key(
                        "amount",
                        Kinds.Integer(1, RevocationOrder.AmountLimit),
                        "frames of memory; left out: 1"
                    )
                ),
                "takes a resource back"
            )
            {
                Excludes = "fault",
            },
            new Key(
                "fault",
                new Section(
                    "a mapping",
                    new Key("target", Kinds.AnAddress(), "what breaks") { Required = true },
                    new Key(
                        "kind",
                        Kinds.Choice(
                            [.. catalog.Faults.Kinds.Select(kind => kind.Name)],
                            BuiltMechanisms.Fault
                        ),
                        "how"
                    )
                    {
                        Required = true,
                    },
                    new Key("for", Kinds.Time(1), "after which it heals; left out: never")
                ),
                "breaks something"
            )
        );
}
