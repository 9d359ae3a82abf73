namespace Disguise.Host.Experiments;

/// <summary>The kinds of application that an experiment may name, each with its settings.</summary>
public sealed class ApplicationCatalog
{
    /// <summary>
    /// Most payload of a UDP datagram in one Ethernet frame: the MTU of 1500 (RFC 894) less 20
    /// bytes of IPv4 header (RFC 791) and 8 of UDP header (RFC 768).
    /// </summary>
    public const int MostUdpPayloadBytes = 1472;

    /// <summary>Most requests that a client may have under way.</summary>
    public const int MostOutstanding = 65_536;

    private static readonly ApplicationSetting Choose = new(
        "choose",
        SettingType.TargetChoice,
        "which target a request goes to"
    );

    /// <summary>A catalog of kinds.</summary>
    /// <exception cref="ArgumentException">
    /// Two kinds of one name, or a name that is none.
    /// </exception>
    public ApplicationCatalog(params IReadOnlyList<ApplicationKind> kinds)
    {
        if (
            kinds.DistinctBy(kind => kind.Name).Count() != kinds.Count
            || kinds.Any(kind => !Addresses.Address.IsName(kind.Name))
        )
            throw new ArgumentException("each kind needs a name of its own", nameof(kinds));
        Kinds = [.. kinds];
    }

    /// <summary>The applications of this program.</summary>
    public static ApplicationCatalog Default { get; } = new(
        [UdpEcho(), Rogue(), .. MemoryKinds.All, .. CommunicationKinds.All,
            .. ProcessorKinds.All, .. DisplayKinds.All, UdpLoad(), PcapReplay()]);

    /// <summary>All kinds, those for tenants first.</summary>
    public IReadOnlyList<ApplicationKind> Kinds { get; }

    /// <summary>The kinds that tenants run, or those that clients run.</summary>
    public IEnumerable<ApplicationKind> For(bool clients) =>
        Kinds.Where(k => k.IsClient == clients);

    private static ApplicationKind UdpEcho() =>
        new(
            "udp-echo",
            false,
            "sends every UDP datagram back to its sender",
            [
                new("port", SettingType.Integer, "UDP port that it listens on")
                {
                    Default = "7",
                    Minimum = 1,
                    Maximum = 65_535,
                },
                new("work", SettingType.Time, "processor time spent on each datagram")
                {
                    Default = "0us",
                    Maximum = 60_000_000_000_000,
                },
            ]
        );

    private static ApplicationKind Rogue() =>
        new(
            "rogue",
            false,
            "answers one datagram in four, and tries what it may not at the others",
            [
                new("port", SettingType.Integer, "UDP port that it listens on")
                {
                    Default = "7",
                    Minimum = 1,
                    Maximum = 65_535,
                },
            ]
        );

    private static ApplicationKind UdpLoad() =>
        new(
            "udp-load",
            true,
            "sends UDP datagrams and waits for the replies",
            [
                new("target", SettingType.Target, "tenants that it talks to") { Required = true },
                new("payload", SettingType.Integer, "bytes in each datagram")
                {
                    Default = "64",
                    Maximum = MostUdpPayloadBytes,
                },
                new(
                    "outstanding",
                    SettingType.Integer,
                    "closed loop: requests under way per client"
                )
                {
                    Minimum = 1,
                    Maximum = MostOutstanding,
                    Excludes = "rate",
                },
                new(
                    "timeout",
                    SettingType.Time,
                    "after which a request without a reply is lost; a later reply is none"
                )
                {
                    Default = "10ms",
                    Minimum = 1_000_000,
                    Maximum = 60_000_000_000_000,
                },
                new(
                    "rate",
                    SettingType.EventRate,
                    "open loop: requests a second of the whole group"
                ),
                new("arrivals", SettingType.Choice, "open loop: how requests are spaced")
                {
                    Choices = ["poisson", "even"],
                    Excludes = "outstanding",
                },
                Choose,
            ]
        );

    private static ApplicationKind PcapReplay() =>
        new(
            "pcap-replay",
            true,
            "sends the packets of a capture, at its own times or faster",
            [
                new("file", SettingType.File, "a pcap or pcapng file") { Required = true },
                new(
                    "target",
                    SettingType.Target,
                    "tenants that receive the packets; else as captured"
                ),
                new("speed", SettingType.Number, "times as fast as captured")
                {
                    Default = "1",
                    Minimum = 0.000001m,
                    Maximum = 1_000_000,
                },
                Choose,
            ]
        );
}
