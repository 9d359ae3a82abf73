using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Platforms;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.ExOS;
using Card = Disguise.Hardware.Nic.Nic;

namespace Disguise.LibOS.Tests.ExOS.Ipc;

/// <summary>
/// A machine with one core, an Exokernel and environments with ExOS, which run programs of the
/// test.
/// </summary>
internal sealed class IpcScene : IReadiness, IMachineObserver, IDisposable
{
    private const string Platform = "xeon-e5-2430-x520";

    private readonly Emulation emulation = new(new EmulationOptions());
    private readonly List<(string Name, Func<ApplicationHost, EmulatedTask> Run)> planned = [];
    private readonly Island island;

    public IpcScene(params Guard[] guardsOff)
        : this(TlbModel.Default, guardsOff)
    {
    }

    public IpcScene(TlbModel tlb, params Guard[] guardsOff)
    {
        island = emulation.AddIsland("server");
        Machine = new Machine(
            island, "server",
            new MachineOptions
            {
                CoreCount = 1,
                MemoryBytes = 1L << 27,
                Tlb = tlb,
                Guards = Guards.AllBut(guardsOff),
            },
            Costs());
    }

    public Machine Machine { get; }

    public ExokernelKernel Kernel { get; private set; } = null!;

    /// <summary>How the kernel is set up.</summary>
    public ExokernelOptions Options { get; init; } = new();

    /// <summary>What came of the operator's orders.</summary>
    public List<RevocationReport> Revocations { get; } = [];

    /// <summary>What all environments were charged.</summary>
    public LedgerAccount Account { get; } = new("server", "core", false);

    /// <summary>Adds an environment; its number is how many there were before.</summary>
    public IpcScene With(string name, Func<ApplicationHost, EmulatedTask> run)
    {
        planned.Add((name, run));
        return this;
    }

    /// <summary>Lets time pass.</summary>
    public IpcScene Run(long milliseconds = 1_000)
    {
        if (Kernel is null)
            island.SpawnRoot(ActorProps.Of(() => new MachineActor(Assemble)), Machine.Name);
        island.RunUntil(island.NowPs + (milliseconds * Picoseconds.PerMillisecond));
        return this;
    }

    /// <summary>The operator asks an environment for frames, after a while.</summary>
    public IpcScene AskForFrames(string name, int amount, long afterPs, long deadlinePs)
    {
        var order = new RevocationOrder(
            $"server.{name}", RevocationOrder.Memory, Asks: true, deadlinePs,
            island.NowPs + afterPs)
        {
            Amount = amount,
        };
        island.Schedule(order.AtPs, Kernel.Actor, new ExokernelProtocol.Revoke(order), null);
        return this;
    }

    public void ControlCall(string kind, bool isRefused, long calledPs, long returnedPs)
    {
    }

    public void Revoked(RevocationReport report) => Revocations.Add(report);

    /// <summary>The libraries of the environments, in the order of their numbers.</summary>
    public List<EnvironmentActor> Libraries { get; } = [];

    /// <summary>Charges of kernel and environments, by the names of costs.</summary>
    public SortedDictionary<string, long> Charges()
    {
        var charges = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in Machine.KernelAccount.Entries().Concat(Account.Entries()))
        {
            charges.TryGetValue(entry.What.Name, out var count);
            charges[entry.What.Name] = count + entry.Count;
        }

        return charges;
    }

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
            root.Add($"core({core.Number})", () => new CoreActor(core, Machine.KernelAccount));
        var card = Card.Attach(
            Machine, new NicOptions { Model = NicModel.X520, TotalVirtualFunctions = 8 },
            root.Parts);
        Kernel = ExokernelKernel.Attach(
            Machine, card, Options with { VirtualFunctions = 8, Observer = this }, root);
        var number = 0u;
        foreach (var (name, run) in planned)
        {
            var environment = new DomainEnvironment
            {
                Address = $"server.{name}",
                Kernel = Kernel.Actor,
                Mac = new MacAddress(0x0200_0000_0100UL + number),
                Ip = new Ipv4Address(0x0A00_0100u + number),
                Costs = Machine.Costs,
                Account = Account,
                Readiness = this,
            };
            number++;
            root.Add(name, () =>
            {
                var library = new EnvironmentActor(
                    environment, new TenantSettings { Application = new Program(run) },
                    new CorePlacement(CorePlacementKind.Pinned));
                Libraries.Add(library);
                return library;
            });
        }
    }

    private sealed class Program(Func<ApplicationHost, EmulatedTask> run) : IApplication
    {
        public ushort ServicePort => 0;

        public EmulatedTask Run(ApplicationHost host) => run(host);
    }
}
