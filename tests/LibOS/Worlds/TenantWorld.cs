using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.Capabilities;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Tests.Domains;

namespace Disguise.LibOS.Tests.Worlds;

/// <summary>
/// A whole small world: a machine with an Arrakis kernel and tenants, some with the library OS and
/// some hostile, a switch, and stations around it.
/// </summary>
internal sealed class TenantWorld : IReadiness, IDisposable
{
    private readonly WorldSettings settings;
    private readonly Emulation emulation;
    private readonly Island serverIsland;
    private readonly List<Planned> planned = [];
    private readonly List<LinkActor> links = [];
    private IslandActorRef switchRef = null!;
    private LinkActor? serverLink;

    public TenantWorld(WorldSettings settings)
    {
        this.settings = settings;
        emulation = new Emulation(new EmulationOptions { Seed = settings.Seed });
        serverIsland = emulation.AddIsland("server");
        NetworkIsland = emulation.AddIsland("switch");
        var costs = TestCosts.Table();
        costs.Set(DeviceCosts.DmaByte, settings.DmaBytePs);
        costs.Set(Kernels.Profiles.ProfileCosts.SoftwareCardPacket, 3_000_000);
        Machine = new Machine(
            serverIsland, "server",
            new MachineOptions { CoreCount = settings.Cores, Guards = settings.Guards }, costs);
    }

    /// <summary>What a hostile tenant's context does.</summary>
    public delegate Disguise.Actors.Execution.EmulatedTask Program(HostileDomain domain);

    public Machine Machine { get; }

    public Island NetworkIsland { get; }

    public Nic Card { get; private set; } = null!;

    public ArrakisKernel Kernel { get; private set; } = null!;

    public SwitchActor Switch { get; private set; } = null!;

    /// <summary>The links, the server's first, each followed by that of the switch's port.
    /// </summary>
    public IReadOnlyList<LinkActor> Links => links;

    public IReadOnlyList<Island> Islands => emulation.Islands;

    /// <summary>The domains that run the library, in the order in which they started.</summary>
    public List<ProtectionDomainActor> Libraries { get; } = [];

    public List<HostileDomain> Hostiles { get; } = [];

    /// <summary>Every handle that was granted to a library, as if it had leaked.</summary>
    public List<Handle> LeakedHandles { get; } = [];

    public List<IslandActorRef> Containers { get; } = [];

    public List<string> ReadyTenants { get; } = [];

    public List<string> Failures { get; } = [];

    public static MacAddress MacOf(int tenant) => new(0x02_00_00_00_00_10 + (ulong)tenant);

    public static Ipv4Address IpOf(int tenant) => new((uint)(0x0A_00_00_10 + tenant));

    public static MacAddress StationMacOf(int station) =>
        new(0x02_01_00_00_00_10 + (ulong)station);

    public static Ipv4Address StationIpOf(int station) => new((uint)(0x0A_00_80_10 + station));

    /// <summary>Plans a tenant with the library OS.</summary>
    public TenantWorld Library(string name, TenantSettings tenant, CorePlacement placement)
    {
        var factory = new LibraryOsFactory(tenant);
        planned.Add(new Planned(name, placement, environment =>
        {
            var made = (ProtectionDomainActor)factory.Make(environment);
            made.Me.DeliveryObserver = new HandleLeak(LeakedHandles);
            Libraries.Add(made);
            return made;
        }));
        return this;
    }

    /// <summary>Plans a tenant that runs a program of the test on bare memory and registers.
    /// </summary>
    public TenantWorld Hostile(string name, Program program, CorePlacement placement)
    {
        planned.Add(new Planned(name, placement, environment =>
        {
            var made = new HostileDomain(this, environment, program);
            Hostiles.Add(made);
            return made;
        }));
        return this;
    }

    /// <summary>Switches the machine and the switch on.</summary>
    public TenantWorld Start()
    {
        serverIsland.Enter();
        serverIsland.SpawnRoot(ActorProps.Of(() => new MachineActor(Assemble)), "server");
        NetworkIsland.Enter();
        switchRef = NetworkIsland.SpawnRoot(
            ActorProps.Of(() => Switch = new SwitchActor("switch", 200_000)), "switch");
        Connect(
            serverLink!, settings.ServerLink, Card.Device, Card.FrameArrival,
            Card.DamagedFrameArrival);
        for (var tenant = 0; tenant < planned.Count; tenant++)
            Switch.Table.Set(MacOf(tenant), 0);
        return this;
    }

    /// <summary>Adds a station made of its link and its number.</summary>
    public IslandActorRef Station<TActor>(
        Func<IslandActorRef, int, TActor> make, LinkOptions? options = null)
        where TActor : EmulatedActor
    {
        options ??= settings.StationLink;
        NetworkIsland.Enter();
        var number = Switch.PortCount;
        LinkActor? link = null;
        var linkRef = NetworkIsland.SpawnRoot(
            ActorProps.Of(() => link = new LinkActor(
                $"station[{number}].link", options)),
            $"station({number}).link");
        var station = NetworkIsland.SpawnRoot(
            ActorProps.Of(() => make(linkRef, number)), $"station({number})");
        Connect(
            link!, options, station, new NetworkProtocol.FrameArrival(0),
            new NetworkProtocol.FrameArrival(0, true));
        Switch.Table.Set(StationMacOf(number), number);
        return station;
    }

    public void Tell(IslandActorRef actor, object message, long atPs, long word = 0)
    {
        actor.Island.Enter();
        actor.Island.Schedule(atPs, actor, message, null, word);
    }

    public void Run(long untilPs) => emulation.Run(untilPs);

    /// <summary>The order in which a number's domain was planned.</summary>
    public int NumberOf(string name) => planned.FindIndex(one => one.Name == name);

    public void Dispose() => emulation.Dispose();

    void IReadiness.Ready(string address) => ReadyTenants.Add(address);

    void IReadiness.Failed(string address, string reason) => Failures.Add($"{address}: {reason}");

    private void Assemble(MachineActor root)
    {
        foreach (var core in Machine.Cores)
        {
            root.Add(
                $"core({core.Number})", () => new CoreActor(core, Machine.KernelAccount));
        }

        var link = root.Add(
            "link", () => serverLink = new LinkActor("server.link", settings.ServerLink));
        Card = Nic.Attach(
            Machine,
            new NicOptions
            {
                Model = settings.Model,
                TotalVirtualFunctions = 64,
                ReceiveBufferBytes = settings.ReceiveBufferBytes,
            },
            root.Parts);
        Card.ConnectLink(link);
        Kernel = ArrakisKernel.Attach(Machine, Card, settings.Kernel, root);
        for (var number = 0; number < planned.Count; number++)
            AddContainer(root, number, planned[number]);
    }

    private void AddContainer(MachineActor root, int number, Planned plan)
    {
        var options = new ContainerOptions
        {
            Address = $"server.{plan.Name}",
            Mac = MacOf(number),
            Ip = IpOf(number),
            Placement = plan.Placement,
            Factory = new Factory(plan.Make),
            Account = new LedgerAccount($"server.{plan.Name}", "core", false),
            Readiness = this,
        };
        Containers.Add(root.Add(
            plan.Name,
            () => new ApplicationContainerActor(options, Kernel.Actor, Machine.Costs)));
    }

    private void Connect(
        LinkActor uplink, LinkOptions options, IslandActorRef station, object arrival,
        object damagedArrival)
    {
        NetworkIsland.Enter();
        LinkActor? downlink = null;
        var number = Switch.PortCount;
        var downlinkRef = NetworkIsland.SpawnRoot(
            ActorProps.Of(() => downlink = new LinkActor($"switch.link[{number}]", options)),
            $"switch.link({number})");
        var port = Switch.AddPort(downlinkRef);
        uplink.Connect(
            emulation.AddOutput(uplink.Island, options.LookaheadPs),
            emulation.AddInput(switchRef, new NetworkProtocol.FrameArrival(port)),
            emulation.AddInput(switchRef, new NetworkProtocol.FrameArrival(port, true)));
        downlink!.Connect(
            emulation.AddOutput(NetworkIsland, options.LookaheadPs),
            emulation.AddInput(station, arrival),
            emulation.AddInput(station, damagedArrival));
        links.Add(uplink);
        links.Add(downlink);
    }

    private sealed record Planned(
        string Name, CorePlacement Placement, Func<DomainEnvironment, EmulatedActor> Make);

    private sealed class HandleLeak(List<Handle> handles) : IDeliveryObserver
    {
        public void Delivered(object message, int from, long timePs)
        {
            if (message is ArrakisProtocol.Returned { Handle: var handle } && handle != Handle.None)
                handles.Add(handle);
        }
    }

    private sealed class Factory(Func<DomainEnvironment, EmulatedActor> make)
        : IProtectionDomainFactory
    {
        public EmulatedActor Make(DomainEnvironment environment) => make(environment);
    }
}
