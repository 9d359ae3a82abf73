using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Platforms;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Domains;

namespace Disguise.Specification.Worlds;

/// <summary>
/// A small world around one machine under an architecture: a switch, stations, tenants. It is set
/// up when it is made; its time is then <see cref="StartPs"/>.
/// </summary>
internal sealed class SpecificationWorld : IReadiness, IMachineObserver, IDisposable
{
    public const ushort Port = 7;
    private const ushort StationPort = 40_000;
    private const long SetUpLimitPs = 20 * Picoseconds.PerMillisecond;
    private const long SetUpStepPs = 100 * Picoseconds.PerMicrosecond;
    private const long SwitchLatencyPs = 200 * Picoseconds.PerNanosecond;

    private readonly WorldPlan plan;
    private readonly Emulation emulation;
    private readonly LinkOptions options = new();
    private readonly List<Station> stations = [];
    private readonly List<LinkActor> uplinks = [];
    private readonly List<LinkActor> downlinks = [];
    private readonly List<LedgerAccount> accounts = [];
    private readonly List<TenantPlan> tenants = [];
    private readonly SortedSet<string> ready = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> failed = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> crashed = new(StringComparer.Ordinal);
    private readonly List<Revoked> revocations = [];
    private readonly Island network;
    private readonly IslandActorRef switchRef;
    private SwitchActor theSwitch = null!;
    private LinkActor machineLink = null!;

    public SpecificationWorld(WorldPlan plan)
    {
        this.plan = plan;
        emulation = new Emulation(new EmulationOptions
        {
            Seed = plan.Seed,
            Threads = plan.Threads,
        });
        network = emulation.AddIsland("switch");
        var island = emulation.AddIsland("server");
        var platform = PlatformCatalog.Load(plan.Platform);
        var costs = new CostTable();
        platform.Fill(costs);
        ProfileCatalog.Load(plan.Profile).Fill(costs);
        Times = new CoreTimes(plan.Cores);
        Board = new Machine(
            island, "server",
            new MachineOptions
            {
                CoreCount = plan.Cores,
                MemoryBytes = plan.MemoryBytes,
                Guards = plan.Guards,
            },
            costs)
        {
            Requests = Times,
        };
        network.Enter();
        switchRef = network.SpawnRoot(
            ActorProps.Of(() => theSwitch = new SwitchActor("switch", SwitchLatencyPs)), "switch");
        island.Enter();
        island.SpawnRoot(
            ActorProps.Of(() => new MachineActor(root => Assemble(root, platform.Nic))), "server");
        Connect(machineLink, Nic.Device, Nic.FrameArrival, Nic.DamagedFrameArrival);
        for (var tenant = 0; tenant < plan.Tenants.Count; tenant++)
            theSwitch.Table.Set(MacOf(tenant), 0);
        for (var number = 0; number < plan.Stations; number++)
            AddStation(number);
        Messages = new KernelMessages(Kernel);
        Kernel.Actor.DeliveryObserver = Messages;
        while (ready.Count + failed.Count < plan.Tenants.Count && NowPs < SetUpLimitPs)
            Run(SetUpStepPs);
        StartPs = NowPs;
    }

    public Machine Board { get; }

    public Nic Nic { get; private set; } = null!;

    public IKernelView Kernel { get; private set; } = null!;

    public CoreTimes Times { get; }

    public KernelMessages Messages { get; }

    public IReadOnlyList<Station> Stations => stations;

    public IReadOnlyList<Revoked> Revocations => revocations;

    /// <summary>What kernels said of revocations, in full.</summary>
    public List<RevocationReport> Reports { get; } = [];

    /// <summary>Addresses of the tenants that serve.</summary>
    public IReadOnlySet<string> Ready => ready;

    /// <summary>Why a tenant does not serve, by address.</summary>
    public IReadOnlyDictionary<string, string> Failed => failed;

    /// <summary>Tenants whose program crashed, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Crashed => crashed;

    /// <summary>Accounts of everybody who may be charged for a core.</summary>
    public IEnumerable<LedgerAccount> Accounts =>
        accounts.Append(Board.KernelAccount).Concat(Kernel.ServerAccounts);

    /// <summary>When the set-up had ended.</summary>
    public long StartPs { get; }

    public long NowPs => emulation.NowPs;

    public static string AddressOf(string tenant) => $"server.{tenant}";

    public static MacAddress MacOf(int tenant) => new(0x02_00_00_00_00_01 + (ulong)tenant);

    public static Ipv4Address IpOf(int tenant) => new(0x0A_00_00_01 + (uint)tenant);

    /// <summary>From a station to a tenant's service.</summary>
    public static UdpEndpoints Between(int station, int tenant) => new(
        new Ipv4Endpoints(
            new MacAddress(0x02_01_00_00_00_01 + (ulong)station), MacOf(tenant),
            new Ipv4Address(0x0A_80_00_01 + (uint)station), IpOf(tenant)),
        StationPort, Port);

    public void Run(long durationPs) => emulation.Run(NowPs + durationPs);

    /// <summary>Whether the kernel has what is to be revoked.</summary>
    public bool Revoke(RevocationOrder order)
    {
        Board.Island.Enter();
        return Kernel.Revoke(order);
    }

    public void RevokeNetwork(string tenant, long atPs)
    {
        Board.Island.Enter();
        Kernel.Revoke(new RevocationOrder(
            AddressOf(tenant), RevocationOrder.Network, Asks: false, DeadlinePs: null, atPs));
    }

    /// <summary>The run's hash; nothing runs after it.</summary>
    public string Hash()
    {
        emulation.FinishHash();
        return emulation.Hash.Text;
    }

    /// <summary>The counters of every component, by name.</summary>
    public IEnumerable<(string Component, PacketCounters Counters)> Counters()
    {
        for (var port = 0; port < uplinks.Count; port++)
        {
            yield return ($"link {port} to the switch", uplinks[port].Counters);
            yield return ($"link {port} from the switch", downlinks[port].Counters);
        }

        yield return ("switch", theSwitch.Counters);
        yield return ("nic", Nic.Counters);
        yield return ("functions", Nic.FunctionCounters);
        for (var index = 0; index < Kernel.SoftwareCounters.Count; index++)
            yield return ($"software {index}", Kernel.SoftwareCounters[index]);
    }

    /// <summary>Frames that exist anywhere outside the machine's memory.</summary>
    public long FramesAlive => emulation.Islands.Sum(island => (long)island.Frames.Count);

    public void Dispose() => emulation.Dispose();

    void IReadiness.Ready(string address) => ready.Add(address);

    void IReadiness.Failed(string address, string reason) => failed[address] = reason;

    void IReadiness.Crashed(string address, string reason, long atPs) =>
        crashed[address] = reason;

    void IMachineObserver.ControlCall(
        string kind, bool isRefused, long calledPs, long returnedPs)
    {
        if (returnedPs < calledPs)
            throw new InvalidOperationException($"{kind} returned before it was called");
    }

    void IMachineObserver.Revoked(RevocationReport report)
    {
        Reports.Add(report);
        revocations.Add(
            new Revoked(report.Address, report.OrderedPs, report.DonePs, report.Amount));
    }

    private void Assemble(MachineActor root, NicModel model)
    {
        foreach (var core in Board.Cores)
            root.Add($"core({core.Number})", () => new CoreActor(core, Board.KernelAccount));
        Nic = Nic.Attach(
            Board, new NicOptions { Model = model, TotalVirtualFunctions = 64 }, root.Parts);
        Nic.ConnectLink(root.Add(
            "link", () => machineLink = new LinkActor("server.link", options)));
        for (var number = 0; number < plan.Tenants.Count; number++)
            tenants.Add(PlanOf(plan.Tenants[number], number));
        Kernel = plan.Architecture.Install(new MachinePlan
        {
            Root = root,
            Board = Board,
            Nic = Nic,
            VirtualFunctions = plan.VirtualFunctions,
            EmulatesWhenFunctionsRunOut = false,
            Tenants = tenants,
            Readiness = this,
            Observer = this,
            Requests = Times,
        });
    }

    private TenantPlan PlanOf(PlannedTenant wanted, int number)
    {
        var account = new LedgerAccount(AddressOf(wanted.Name), "core", false);
        accounts.Add(account);
        return new TenantPlan
        {
            Name = wanted.Name,
            Address = AddressOf(wanted.Name),
            Mac = MacOf(number),
            Ip = IpOf(number),
            Placement = wanted.Placement,
            Settings = new TenantSettings
            {
                Application = wanted.Application,
                Interface = plan.Interface,
                Wait = plan.Wait,
                RateLimitBitsPerSecond = wanted.RateLimitBitsPerSecond,
                Revocation = wanted.Revocation,
            },
            Account = account,
        };
    }

    private void AddStation(int number)
    {
        network.Enter();
        LinkActor? link = null;
        Station? station = null;
        var linkRef = network.SpawnRoot(
            ActorProps.Of(() => link = new LinkActor($"station[{number}].link", options)),
            $"station({number}).link");
        var actor = network.SpawnRoot(
            ActorProps.Of(() => station = new Station(linkRef)), $"station({number})");
        Connect(
            link!, actor, new NetworkProtocol.FrameArrival(0),
            new NetworkProtocol.FrameArrival(0, true));
        theSwitch.Table.Set(Between(number, 0).Hosts.SourceMac, theSwitch.PortCount - 1);
        stations.Add(station!);
    }

    private void Connect(
        LinkActor uplink, IslandActorRef station, object arrival, object damagedArrival)
    {
        network.Enter();
        LinkActor? downlink = null;
        var number = theSwitch.PortCount;
        var downlinkRef = network.SpawnRoot(
            ActorProps.Of(() => downlink = new LinkActor($"switch.link[{number}]", options)),
            $"switch.link({number})");
        var port = theSwitch.AddPort(downlinkRef);
        uplink.Connect(
            emulation.AddOutput(uplink.Island, options.LookaheadPs),
            emulation.AddInput(switchRef, new NetworkProtocol.FrameArrival(port)),
            emulation.AddInput(switchRef, new NetworkProtocol.FrameArrival(port, true)));
        downlink!.Connect(
            emulation.AddOutput(network, options.LookaheadPs),
            emulation.AddInput(station, arrival),
            emulation.AddInput(station, damagedArrival));
        uplinks.Add(uplink);
        downlinks.Add(downlink);
    }
}
