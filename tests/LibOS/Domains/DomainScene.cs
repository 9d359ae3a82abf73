using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.LibOS.Clients;
using Disguise.LibOS.Domains;

namespace Disguise.LibOS.Tests.Domains;

/// <summary>
/// A machine with its NIC, an Arrakis kernel and tenants, a wire, and a client at its other end.
/// </summary>
internal sealed class DomainScene : IDisposable, IReadiness, ILatencySink
{
    public static readonly MacAddress ClientMac = new(0x02_00_00_00_FF_00);
    public static readonly Ipv4Address ClientIp = new(10, 0, 255, 0);

    private readonly Emulation emulation;
    private readonly List<IslandActorRef> containers = [];

    public DomainScene(
        TenantSettings settings, int tenants = 1, int cores = 2, CorePlacement? placement = null,
        int functions = 4, int payloadBytes = 1_024, int outstanding = 1,
        Func<UdpLoadSettings, UdpLoadSettings>? load = null, IRequestObserver? requests = null,
        long memoryLimitPages = 1 << 14, Func<DomainEnvironment, EmulatedActor>? make = null)
    {
        emulation = new Emulation(new EmulationOptions());
        var server = emulation.AddIsland("server");
        var network = emulation.AddIsland("switch");
        Machine = new Machine(
            server, "server", new MachineOptions { CoreCount = cores }, Costs);
        Accounts = [.. Enumerable.Range(0, tenants).Select(
            tenant => new LedgerAccount($"server.echo[{tenant}]", "core", false))];
        var factory = new Factory(this, new LibraryOsFactory(settings), make);
        LinkActor? downActor = null;
        IslandActorRef? downRef = null;
        server.SpawnRoot(
            ActorProps.Of(() => new MachineActor(root =>
            {
                foreach (var core in Machine.Cores)
                {
                    root.Add(
                        $"core({core.Number})", () => new CoreActor(core, Machine.KernelAccount));
                }

                downRef = root.Add(
                    "link", () => downActor = new LinkActor("down", new LinkOptions()));
                Card = Nic.Attach(
                    Machine, new NicOptions { Model = NicModel.Ideal, TotalVirtualFunctions = 64 },
                    root.Parts);
                Card.ConnectLink(downRef);
                Kernel = ArrakisKernel.Attach(
                    Machine, Card, new ArrakisOptions { VirtualFunctions = functions }, root);
                for (var tenant = 0; tenant < tenants; tenant++)
                {
                    var options = new ContainerOptions
                    {
                        Address = Accounts[tenant].Who,
                        Mac = MacOf(tenant),
                        Ip = IpOf(tenant),
                        Placement = placement ?? CorePlacement.Own,
                        Factory = factory,
                        Account = Accounts[tenant],
                        Readiness = this,
                        Requests = requests,
                        MemoryLimitPages = memoryLimitPages,
                    };
                    containers.Add(root.Add(
                        $"echo({tenant})",
                        () => new ApplicationContainerActor(options, Kernel.Actor, Costs)));
                }
            })),
            "server");
        network.Enter();
        var loadSettings = new UdpLoadSettings
        {
            ClientCount = 1,
            Targets = [.. Enumerable.Range(0, tenants).Select(
                tenant => new TargetEndpoint(MacOf(tenant), IpOf(tenant), 7))],
            Rule = TargetRule.All,
            PayloadBytes = payloadBytes,
            Outstanding = outstanding,
            Latencies = this,
        };
        loadSettings = load?.Invoke(loadSettings) ?? loadSettings;
        LinkActor? upActor = null;
        network.SpawnRoot(
            ActorProps.Of(() => new MachineActor(root =>
            {
                UpLink = root.Add("link", () => upActor = new LinkActor("up", new LinkOptions()));
                var station = new ClientStation
                {
                    Address = "load",
                    Number = 0,
                    Mac = ClientMac,
                    Ip = ClientIp,
                    Link = UpLink,
                };
                ClientActor = root.Add("load", () => Client = new UdpLoadClient(
                    loadSettings, station, new RequestBuilder(loadSettings.PayloadBytes)));
            })),
            "switch");
        var lookahead = new LinkOptions().LookaheadPs;
        upActor!.Connect(
            emulation.AddOutput(network, lookahead),
            emulation.AddInput(Card.Device, Card.FrameArrival),
            emulation.AddInput(Card.Device, Card.DamagedFrameArrival));
        downActor!.Connect(
            emulation.AddOutput(server, lookahead),
            emulation.AddInput(ClientActor, new NetworkProtocol.FrameArrival(0)),
            emulation.AddInput(ClientActor, new NetworkProtocol.FrameArrival(0, true)));
    }

    public CostTable Costs { get; } = TestCosts.Table();

    public Machine Machine { get; }

    public Nic Card { get; private set; } = null!;

    public ArrakisKernel Kernel { get; private set; } = null!;

    public UdpLoadClient Client { get; private set; } = null!;

    public IslandActorRef ClientActor { get; private set; } = null!;

    public IslandActorRef UpLink { get; private set; } = null!;

    public IReadOnlyList<LedgerAccount> Accounts { get; }

    public List<ProtectionDomainActor> Domains { get; } = [];

    public List<string> ReadyTenants { get; } = [];

    public List<string> Failures { get; } = [];

    public List<long> LatenciesPs { get; } = [];

    public static MacAddress MacOf(int tenant) => new(0x02_00_00_00_00_10 + (ulong)tenant);

    public static Ipv4Address IpOf(int tenant) => new((uint)(0x0A_00_00_10 + tenant));

    /// <summary>Lets the tenants set themselves up, then the client load them.</summary>
    public void StartAt(long atPs = Picoseconds.PerMillisecond) =>
        Tell(ClientActor, new ClientProtocol.Start(0, Picoseconds.Never), atPs);

    public void Tell(IslandActorRef actor, object message, long atPs, long word = 0)
    {
        actor.Island.Enter();
        actor.Island.Schedule(atPs, actor, message, null, word);
    }

    public void Run(long untilPs) => emulation.Run(untilPs);

    public string FinishHash()
    {
        emulation.FinishHash();
        return emulation.Hash.Text;
    }

    public void Dispose() => emulation.Dispose();

    void IReadiness.Ready(string address) => ReadyTenants.Add(address);

    void IReadiness.Failed(string address, string reason) => Failures.Add($"{address}: {reason}");

    void ILatencySink.Record(int group, in TimedReply reply) =>
        LatenciesPs.Add(reply.LatencyPs);

    private sealed class Factory(
        DomainScene scene, LibraryOsFactory inner, Func<DomainEnvironment, EmulatedActor>? make)
        : IProtectionDomainFactory
    {
        public EmulatedActor Make(DomainEnvironment environment)
        {
            if (make is not null)
                return make(environment);
            var made = inner.Make(environment);
            scene.Domains.Add((ProtectionDomainActor)made);
            return made;
        }
    }
}
