using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Display;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Platforms;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Processor;
using Disguise.Kernels.Profiles;
using Card = Disguise.Hardware.Nic.Nic;

namespace Disguise.Kernels.Tests.Exokernel.Scenes;

/// <summary>
/// A machine with one core, an Exokernel and environments that run programs of the test. Slices
/// are those of Aegis.
/// </summary>
internal sealed class ExokernelScene : IReadiness, IDisposable
{
    public const string Platform = "xeon-e5-2430-x520";

    public static readonly long SlicePs = ProcessorOptions.Aegis.TickPs;

    private readonly Emulation emulation = new(new EmulationOptions());
    private readonly List<(string Name, Program Program)> planned = [];
    private IslandActorRef device = null!;

    public ExokernelScene(params Guard[] guardsOff)
        : this(TlbModel.Default, guardsOff)
    {
    }

    public ExokernelScene(TlbModel tlb, params Guard[] guardsOff)
    {
        Island = emulation.AddIsland("server");
        Machine = new Machine(
            Island, "server",
            new MachineOptions
            {
                CoreCount = 1,
                MemoryBytes = 1L << 26,
                Tlb = tlb,
                Guards = Guards.AllBut(guardsOff),
            },
            Costs());
    }

    /// <summary>What an environment does.</summary>
    public delegate EmulatedTask Program(TestEnvironment environment);

    public Island Island { get; }

    public Machine Machine { get; }

    public Card Nic { get; private set; } = null!;

    public ExokernelKernel Kernel { get; private set; } = null!;

    /// <summary>Environments in the order in which they are added: their numbers.</summary>
    public List<TestEnvironment> Environments { get; } = [];

    public long NowPs { get; private set; }

    /// <summary>Has the card's driver where environments are to share the card.</summary>
    public INetworkLibrary? Network { get; init; }

    /// <summary>The screen, where there is to be one.</summary>
    public DisplayOptions? Screen { get; init; }

    public Display? Display { get; private set; }

    public static MacAddress MacOf(int environment) =>
        new(0x0200_0000_0100UL + (ulong)environment);

    public static Ipv4Address IpOf(int environment) => new(0x0A00_0100u + (uint)environment);

    /// <summary>Adds an environment with one slice of the core.</summary>
    public ExokernelScene With(string name, Program program)
    {
        planned.Add((name, program));
        return this;
    }

    /// <summary>Switches the machine on.</summary>
    public ExokernelScene Start()
    {
        Island.SpawnRoot(ActorProps.Of(() => new MachineActor(Assemble)), Machine.Name);
        return this;
    }

    /// <summary>Lets slices pass.</summary>
    public ExokernelScene Run(double slices)
    {
        NowPs += (long)(slices * SlicePs);
        Island.RunUntil(NowPs + 1);
        return this;
    }

    /// <summary>The operator ends an environment.</summary>
    public void End(int environment) => Island.Schedule(
        NowPs + 1, Kernel.Actor, ExokernelProtocol.EndEnvironment.Instance, device,
        Environments[environment].Ordinal);

    /// <summary>The operator asks for something back.</summary>
    public void Ask(string environment, string resource) => Island.Schedule(
        NowPs + 1, Kernel.Actor,
        new ExokernelProtocol.Revoke(new RevocationOrder(
            $"server.{environment}", resource, Asks: true, SlicePs, NowPs)),
        null);

    /// <summary>A device writes a word of memory after a while.</summary>
    public void Write(long address, uint value, long afterPs) => Island.Schedule(
        NowPs + afterPs, device, new Store(address, value), device);

    public void Ready(string address)
    {
    }

    public void Failed(string address, string reason) =>
        throw new InvalidOperationException($"{address}: {reason}");

    public void Dispose() => emulation.Dispose();

    private static CostTable Costs()
    {
        var costs = new CostTable();
        foreach (var cost in PlatformCatalog.Load(Platform).Costs)
            costs.Enter(cost);
        foreach (var cost in ProfileCatalog.Load("xok", platform: Platform).Costs)
            costs.Enter(cost);
        return costs;
    }

    private void Assemble(MachineActor root)
    {
        foreach (var core in Machine.Cores)
        {
            root.Add($"core({core.Number})",
                () => new CoreActor(core, Machine.KernelAccount));
        }

        Nic = Card.Attach(
            Machine, new NicOptions { Model = NicModel.X520, TotalVirtualFunctions = 8 },
            root.Parts);
        if (Screen is not null)
            Display = Display.Attach(Machine, Screen, root.Parts);
        var options = new ExokernelOptions
        {
            Display = Display,
            VirtualFunctions = 8,
            Slices = ProfileCatalog.Load("aegis-exos").Slices,
            DemultiplexesWhenFunctionsRunOut = Network is not null,
            Network = Network,
        };
        device = root.Add("device", () => new Device(Machine));
        Kernel = ExokernelKernel.Attach(Machine, Nic, options, root);
        for (var number = 0; number < planned.Count; number++)
        {
            var (name, program) = planned[number];
            var environment = new DomainEnvironment
            {
                Address = $"server.{name}",
                Kernel = Kernel.Actor,
                Mac = MacOf(number),
                Ip = IpOf(number),
                Costs = Machine.Costs,
                Account = new LedgerAccount($"server.{name}", "core", false),
                Readiness = this,
            };
            root.Add(name, () =>
            {
                var made = new TestEnvironment(Environments.Count, environment, program);
                Environments.Add(made);
                return made;
            });
        }
    }

    private sealed record Store(long Address, uint Value) : IInternalMessage;

    private sealed class Device(Machine machine) : EmulatedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Store store)
                machine.Memory.WriteUInt32(store.Address, store.Value);
            else
                Unhandled(message);
        }
    }
}
