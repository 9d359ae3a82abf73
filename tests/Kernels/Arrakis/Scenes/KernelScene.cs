using Disguise.Actors.Dispatch;
using Disguise.Actors.Faults;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.Profiles;
using Card = Disguise.Hardware.Nic.Nic;

namespace Disguise.Kernels.Tests.Arrakis.Scenes;

/// <summary>
/// A machine with cores, a NIC, an Arrakis kernel and tenants that run programs of the test. The
/// wire's far end keeps what it gets.
/// </summary>
internal sealed class KernelScene : IReadiness, IDisposable
{
    public const long TrapPs = 50_000;
    public const long TrapReturnPs = 60_000;
    public const long InterruptPs = 500_000;
    public const long InterProcessorInterruptPs = 300_000;
    public const long SwitchPs = 150_000;
    public const long MmioWritePs = 100_000;
    public const long CallPs = 1_000_000;
    public const long PagePs = 90_000;
    public const long WakeUpPs = 400_000;
    public const long DispatchPs = 350_000;

    public const long SoftwarePacketPs = 3_000_000;

    private readonly Emulation? ownEmulation;
    private readonly SceneOptions options;
    private readonly List<(string Name, CorePlacement Placement, Program[] Programs)> planned = [];

    public KernelScene(SceneOptions options, Emulation? emulation = null, string name = "server")
    {
        this.options = options;
        if (emulation is null)
            ownEmulation = emulation = new Emulation(new EmulationOptions());
        Island = emulation.AddIsland(name);
        Machine = new Machine(
            Island, name,
            new MachineOptions
            {
                CoreCount = options.Cores,
                MemoryBytes = options.MemoryBytes,
                Guards = options.Guards,
            },
            Costs());
    }

    /// <summary>What a context of a tenant does.</summary>
    public delegate Disguise.Actors.Execution.EmulatedTask Program(TestProgram program);

    public Island Island { get; }

    public Machine Machine { get; }

    public Card Card { get; private set; } = null!;

    public ArrakisKernel Kernel { get; private set; } = null!;

    /// <summary>Domains in the order in which they started.</summary>
    public List<TestDomain> Domains { get; } = [];

    public List<IslandActorRef> Containers { get; } = [];

    public List<(string Address, string? Failure)> Readiness { get; } = [];

    /// <summary>What was delivered to the kernel, with its times.</summary>
    public List<(long TimePs, object Message)> ToKernel { get; } = [];

    /// <summary>Frames that left, with the times of their starts.</summary>
    public List<(long TimePs, byte[] Bytes)> Wire { get; } = [];

    public long NowPs { get; private set; }

    /// <summary>The tenant's MAC by its place in the list.</summary>
    public static MacAddress MacOf(int tenant) => new(0x0200_0000_0100UL + (ulong)tenant);

    public static Ipv4Address IpOf(int tenant) => new(0x0A00_0100u + (uint)tenant);

    /// <summary>Adds a tenant whose contexts run these programs.</summary>
    public KernelScene Tenant(
        string name, CorePlacement placement, params Program[] programs)
    {
        planned.Add((name, placement, programs));
        return this;
    }

    /// <summary>Switches the machine on.</summary>
    public KernelScene Start()
    {
        Island.SpawnRoot(ActorProps.Of(() => new MachineActor(Assemble)), Machine.Name);
        return this;
    }

    /// <summary>Lets time pass.</summary>
    public KernelScene Run(long durationPs)
    {
        NowPs += durationPs;
        Island.RunUntil(NowPs + 1);
        return this;
    }

    public void Send(IslandActorRef to, object message, long atPs, long word = 0) =>
        Island.Schedule(Math.Max(atPs, NowPs), to, message, Card.Device, word);

    /// <summary>A frame's last bit arrives from the wire at a time.</summary>
    public void Arrive(ReadOnlySpan<byte> frame, long atPs) =>
        Send(Card.Device, Card.FrameArrival, atPs, Island.Frames.Take(frame));

    public TestDomain Domain(string name) =>
        Domains.Single(domain => domain.Environment.Address.EndsWith(name));

    /// <summary>A frame to a tenant, with its number as the source port.</summary>
    public static byte[] FrameTo(int tenant, ushort number = 1000)
    {
        var bytes = new byte[1600];
        var hosts = new Ipv4Endpoints(
            new MacAddress(0x0200_0000_0001), MacOf(tenant),
            new Ipv4Address(0x0A00_0001), IpOf(tenant));
        var length = FrameBuilder.Udp(
            bytes, new UdpEndpoints(hosts, number, 7), new byte[64]);
        return bytes[..length];
    }

    public void Ready(string address) => Readiness.Add((address, null));

    public void Failed(string address, string reason) => Readiness.Add((address, reason));

    public void Dispose() => ownEmulation?.Dispose();

    private static CostTable Costs()
    {
        var costs = new CostTable();
        costs.Set(HardwareCosts.Trap, TrapPs);
        costs.Set(HardwareCosts.TrapReturn, TrapReturnPs);
        costs.Set(HardwareCosts.Interrupt, InterruptPs);
        costs.Set(HardwareCosts.InterProcessorInterrupt, InterProcessorInterruptPs);
        costs.Set(HardwareCosts.AddressSpaceSwitch, SwitchPs);
        costs.Set(HardwareCosts.MmioWrite, MmioWritePs);
        costs.Set(HardwareCosts.PollStep, 2_000);
        costs.Set(ProfileCosts.ControlPlaneCall, CallPs);
        costs.Set(ProfileCosts.PageTableEntry, PagePs);
        costs.Set(ProfileCosts.SchedulerWakeUp, WakeUpPs);
        costs.Set(ProfileCosts.SchedulerDispatch, DispatchPs);
        costs.Set(ProfileCosts.SoftwareCardPacket, SoftwarePacketPs);
        costs.Set(DeviceCosts.PciePostedWrite, 200_000);
        costs.Set(DeviceCosts.PcieRead, 700_000);
        costs.Set(DeviceCosts.DmaByte, 300);
        costs.Set(DeviceCosts.NicReceivePipeline, 350_000);
        costs.Set(DeviceCosts.NicTransmitPipeline, 250_000);
        costs.Set(DeviceCosts.MsiXDelivery, 400_000);
        return costs;
    }

    private void Assemble(MachineActor root)
    {
        foreach (var core in Machine.Cores)
        {
            root.Add($"core({core.Number})",
                () => new CoreActor(core, Machine.KernelAccount));
        }

        var link = root.Add("link", () => new WireEnd(Wire));
        Card = Card.Attach(
            Machine,
            new NicOptions
            {
                Model = options.Model,
                TotalVirtualFunctions = options.Kernel.VirtualFunctions,
            },
            root.Parts);
        Card.ConnectLink(link);
        Kernel = ArrakisKernel.Attach(Machine, Card, options.Kernel, root);
        Kernel.Actor.DeliveryObserver = new Recorder(ToKernel);
        for (var number = 0; number < planned.Count; number++)
            AddContainer(root, number);
    }

    private void AddContainer(MachineActor root, int number)
    {
        var (name, placement, programs) = planned[number];
        var address = $"{Machine.Name}.{name}";
        var container = new ContainerOptions
        {
            Address = address,
            Mac = MacOf(number),
            Ip = IpOf(number),
            Placement = placement,
            Factory = new Factory(environment => new TestDomain(this, environment, programs)),
            Account = new LedgerAccount(address, "core", false),
            Readiness = this,
        };
        Containers.Add(root.Add(
            name, () => new ApplicationContainerActor(container, Kernel.Actor, Machine.Costs)));
    }

    private sealed class Factory(Func<DomainEnvironment, EmulatedActor> make)
        : IProtectionDomainFactory
    {
        public EmulatedActor Make(DomainEnvironment environment) => make(environment);
    }

    private sealed class Recorder(List<(long, object)> delivered) : IDeliveryObserver
    {
        public void Delivered(object message, int from, long timePs) =>
            delivered.Add((timePs, message));
    }

    private sealed class WireEnd(List<(long, byte[])> wire) : EmulatedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is not NetworkProtocol.Transmit)
                Unhandled(message);
            wire.Add((NowPs, Island.Frames.Read(Word).ToArray()));
            Island.Frames.Release(Word);
        }
    }
}
