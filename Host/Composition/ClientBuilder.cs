using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Captures;
using Disguise.Hardware.Network;
using Disguise.Host.Experiments;
using Disguise.Host.Running;
using Disguise.LibOS.Clients;

namespace Disguise.Host.Composition;

/// <summary>
/// Builds the clients around the switch: few of them on its island, more on islands of their own,
/// so that several threads share them.
/// </summary>
internal sealed class ClientBuilder
{
    public const int ClientsPerIsland = 64;
    private const int OutstandingByDefault = 1;

    private readonly Emulation emulation;
    private readonly Experiment experiment;
    private readonly Network network;
    private readonly TenantNumbers tenants;
    private readonly bool apart;
    private readonly List<ClientOnTheSwitch> clients = [];
    private readonly FrameArrivals arrivals = new();
    private Island? island;
    private int onIsland;

    public ClientBuilder(
        Emulation emulation, Experiment experiment, Network network, TenantNumbers tenants,
        ILatencySink? observer)
    {
        this.emulation = emulation;
        this.experiment = experiment;
        this.network = network;
        this.tenants = tenants;
        apart = experiment.Clients.Sum(group => (long)group.Count) > ClientsPerIsland;
        var islands = apart
            ? experiment.Clients.Sum(group => (group.Count / ClientsPerIsland) + 1)
            : 1;
        Latencies = new LatencyBook(experiment, tenants, islands, observer);
    }

    public LatencyBook Latencies { get; }

    public IReadOnlyList<ClientOnTheSwitch> Build()
    {
        for (var group = 0; group < experiment.Clients.Count; group++)
            Build(group, experiment.Clients[group]);
        return clients;
    }

    private void Build(int group, ClientGroup settings)
    {
        var targets = settings.Targets.Select(EndpointOf).ToArray();
        var builders = new Dictionary<Island, (UdpLoadSettings, RequestBuilder)>();
        var replay = settings.Application.Kind == "pcap-replay"
            ? ReplayOf(settings, targets) : null;
        for (var number = 0; number < settings.Count; number++)
        {
            var place = NextIsland();
            var station = StationOf(group, settings, number, place, out var uplink);
            UdpLoadClient? load = null;
            PcapReplayClient? replayed = null;
            IslandActorRef actor;
            var name = ActorNameOf(settings, number);
            if (replay is not null)
            {
                actor = place.SpawnRoot(
                    ActorProps.Of(() => replayed = new PcapReplayClient(replay, station)), name);
            }
            else
            {
                if (!builders.TryGetValue(place, out var shared))
                {
                    var loadSettings = LoadOf(group, settings, targets, place);
                    builders[place] = shared =
                        (loadSettings, new RequestBuilder(loadSettings.PayloadBytes));
                }

                actor = place.SpawnRoot(
                    ActorProps.Of(() => load = new UdpLoadClient(
                        shared.Item1, station, shared.Item2)),
                    name);
            }

            var downlink = network.Connect(
                uplink, actor, arrivals.Sound, arrivals.Damaged);
            network.Switch.Table.Set(station.Mac, network.Switch.PortCount - 1);
            clients.Add(new ClientOnTheSwitch(
                group, number, station.Address, actor, load, replayed, uplink, downlink));
        }
    }

    private Island NextIsland()
    {
        if (!apart)
            return network.Island;
        if (island is null || onIsland == ClientsPerIsland)
        {
            island = emulation.AddIsland($"clients-{clients.Count / ClientsPerIsland}");
            onIsland = 0;
        }

        onIsland++;
        return island;
    }

    private ClientStation StationOf(
        int group, ClientGroup settings, int number, Island place, out LinkActor uplink)
    {
        var index = clients.Count;
        var address = settings.Count == 1 ? settings.Name : $"{settings.Name}[{number}]";
        LinkActor? link = null;
        place.Enter();
        var linkRef = place.SpawnRoot(
            ActorProps.Of(() => link = network.NewUplink(address)),
            $"{ActorNameOf(settings, number)}.link");
        uplink = link!;
        return new ClientStation
        {
            Address = address,
            Number = number,
            Mac = AddressPlan.ClientMac(index),
            Ip = AddressPlan.ClientIp(index),
            Link = linkRef,
        };
    }

    private UdpLoadSettings LoadOf(
        int group, ClientGroup settings, TargetEndpoint[] targets, Island place)
    {
        var application = settings.Application;
        var isOpen = settings.RequestsPerSecond is not null;
        return new UdpLoadSettings
        {
            Group = group,
            ClientCount = settings.Count,
            Targets = targets,
            Rule = RuleOf(settings.Choice.Kind),
            Zipf = settings.Choice.Kind == TargetChoiceKind.Zipf
                ? new ZipfDistribution(targets.Length, (double)settings.Choice.ZipfExponent)
                : null,
            PayloadBytes = application.Integer("payload"),
            TimeoutPs = application.TimePs("timeout"),
            Outstanding = isOpen ? 0
                : application.Has("outstanding") ? application.Integer("outstanding")
                : OutstandingByDefault,
            GroupIntervalPs = isOpen
                ? (long)(Actors.Time.Picoseconds.PerSecond / settings.RequestsPerSecond!.Value)
                : 0,
            EvenArrivals = settings.EvenArrivals,
            Latencies = Latencies.SinkOf(place.Index),
        };
    }

    private PcapReplaySettings ReplayOf(ClientGroup settings, TargetEndpoint[] targets)
    {
        var path = experiment.BesideFile(settings.Application.Text("file"));
        using var stream = Captures.Open(path);
        return new PcapReplaySettings
        {
            Frames = Captures.Read(path, stream),
            Speed = settings.Application.Has("speed")
                ? (double)settings.Application.Number("speed") : 1,
            Targets = targets,
        };
    }

    private TargetEndpoint EndpointOf(Experiments.Addresses.Thing target)
    {
        var number = tenants.Of(target);
        var application = experiment.Machines[target.Group].Tenants[target.Tenants].Application;
        return new TargetEndpoint(
            AddressPlan.TenantMac(number), AddressPlan.TenantIp(number),
            (ushort)application.Integer("port"));
    }

    private static TargetRule RuleOf(TargetChoiceKind kind) => kind switch
    {
        TargetChoiceKind.Uniform => TargetRule.Uniform,
        TargetChoiceKind.Zipf => TargetRule.Zipf,
        TargetChoiceKind.All => TargetRule.All,
        _ => TargetRule.Modulo,
    };

    private static string ActorNameOf(ClientGroup settings, int number) =>
        settings.Count == 1 ? settings.Name : $"{settings.Name}({number})";

    /// <summary>The two messages with which a wire delivers to any client.</summary>
    private sealed class FrameArrivals
    {
        public object Sound { get; } = new NetworkProtocol.FrameArrival(0);

        public object Damaged { get; } = new NetworkProtocol.FrameArrival(0, true);
    }
}
