using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Hardware.Wire;
using Disguise.LibOS.Clients;

namespace Disguise.LibOS.Tests.Clients;

/// <summary>A client on an island with an echo behind its link.</summary>
internal sealed class LoadScene : IDisposable, ILatencySink
{
    public const long DelayPs = 5 * Picoseconds.PerMicrosecond;
    public static readonly MacAddress TargetMac = new(0x02_00_00_00_00_07);
    public static readonly Ipv4Address TargetIp = new(10, 0, 0, 7);
    public static readonly MacAddress ClientMac = new(0x02_00_00_00_01_00);
    public static readonly Ipv4Address ClientIp = new(10, 0, 1, 0);

    private readonly Emulation emulation;
    private readonly Root root;

    public LoadScene(
        UdpLoadSettings settings, Action<EchoStation>? script = null, ulong seed = 1,
        int number = 0)
        : this(seed, script, (scene, link) => scene.Client = new UdpLoadClient(
            settings with { Latencies = scene }, StationOf(link, number),
            new RequestBuilder(settings.PayloadBytes)))
    {
    }

    public LoadScene(PcapReplaySettings settings)
        : this(1, null, (scene, link) =>
            scene.Replay = new PcapReplayClient(settings, StationOf(link, 0)))
    {
    }

    private LoadScene(
        ulong seed, Action<EchoStation>? script,
        Func<LoadScene, IslandActorRef, EmulatedActor> make)
    {
        emulation = new Emulation(new EmulationOptions { Seed = seed });
        Island = emulation.AddIsland("switch");
        Root? made = null;
        Island.SpawnRoot(
            ActorProps.Of(() => made = new Root(script, link => make(this, link))), "root");
        root = made!;
    }

    public UdpLoadClient? Client { get; private set; }

    public PcapReplayClient? Replay { get; private set; }

    public EchoStation Echo => root.Echo;

    public Island Island { get; }

    public List<long> LatenciesPs { get; } = [];

    public static UdpLoadSettings Closed(int outstanding, int payloadBytes = 64) => new()
    {
        ClientCount = 1,
        Targets = [new TargetEndpoint(TargetMac, TargetIp, 7)],
        PayloadBytes = payloadBytes,
        Outstanding = outstanding,
    };

    public static UdpLoadSettings Open(long intervalPs, bool even, int clients = 1) => new()
    {
        ClientCount = clients,
        Targets = [new TargetEndpoint(TargetMac, TargetIp, 7)],
        PayloadBytes = 64,
        GroupIntervalPs = intervalPs,
        EvenArrivals = even,
    };

    public void Start(long fromPs = 0, long untilPs = Picoseconds.Never, long atPs = 1) =>
        Tell(new ClientProtocol.Start(fromPs, untilPs), atPs);

    public void Stop(long atPs) => Tell(ClientProtocol.Stop.Instance, atPs);

    public void Tell(object message, long atPs, long word = 0)
    {
        Island.Enter();
        Island.Schedule(atPs, root.Client, message, null, word);
    }

    public void Run(long untilPs) => emulation.Run(untilPs);

    public void Dispose() => emulation.Dispose();

    void ILatencySink.Record(int group, in TimedReply reply) =>
        LatenciesPs.Add(reply.LatencyPs);

    private static ClientStation StationOf(IslandActorRef link, int number) => new()
    {
        Address = $"load[{number}]",
        Number = number,
        Mac = ClientMac,
        Ip = ClientIp,
        Link = link,
    };

    private sealed class Root(
        Action<EchoStation>? script, Func<IslandActorRef, EmulatedActor> make) : EmulatedActor
    {
        public EchoStation Echo { get; private set; } = null!;

        public IslandActorRef Client { get; private set; } = null!;

        protected override void PreStart()
        {
            var link = Spawn("link", () => Echo = new EchoStation(LoadScene.DelayPs));
            Client = Spawn("client", () => make(link));
            if (script is not null)
                Send(Me, new Script(), NowPs);
        }

        protected override void OnReceive(object message) => script!(Echo);

        private sealed record Script : IInternalMessage;
    }
}
