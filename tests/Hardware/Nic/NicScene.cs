using Akka.Actor;
using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Faults;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Actors.Wires;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Wire;
using Card = Disguise.Hardware.Nic.Nic;

namespace Disguise.Hardware.Tests.Nic;

/// <summary>
/// A machine with a NIC, a kernel that writes configuration and IOMMU tables for real, and a wire
/// whose far end keeps what it gets.
/// </summary>
internal sealed class NicScene : IDisposable
{
    public const long PostedWritePs = 200_000;
    public const long ReadPs = 700_000;
    public const long DmaBytePs = 300;
    public const long ReceivePipelinePs = 350_000;
    public const long TransmitPipelinePs = 250_000;
    public const long InterruptPs = 400_000;
    public const int MappedPages = 64;

    private static readonly OwnerId Kernel = new(1);
    private readonly Emulation emulation;
    private readonly IommuTables tables;
    private readonly ITableFrames tableFrames;
    private readonly Dictionary<int, Tenant> tenants = [];

    public NicScene(
        NicModel? model = null, int functions = 4, Guards? guards = null,
        int total = 0, int? enabled = null, NicOptions? options = null)
    {
        model ??= NicModel.X520;
        emulation = new Emulation(new EmulationOptions());
        Island = emulation.AddIsland("server");
        var costs = Costs();
        Machine = new Machine(Island, "server", new MachineOptions
        {
            CoreCount = 2,
            MemoryBytes = 8L << 30,
            Guards = guards ?? Guards.All,
        }, costs);
        tableFrames = new OwnedTableFrames(Machine.Frames, Machine.Memory, Kernel);
        tables = IommuTables.Create(Machine.Memory, tableFrames)!;
        Machine.Iommu = new Iommu(
            Machine.Memory, tables.RootAddress, Machine.Guards, faultLogCapacity: 16);
        Island.SpawnRoot(ActorProps.Of(() => new MachineActor(machine =>
        {
            foreach (var core in Machine.Cores)
            {
                machine.Add($"core({core.Number})",
                    () => new CoreActor(core, Machine.KernelAccount));
            }

            KernelStub = machine.Add("kernel", () => new Recorder(Heard));
            Link = machine.Add("link", () => new WireEnd(Wire));
            Card = Card.Attach(Machine, (options ?? new NicOptions()) with
            {
                Model = model,
                TotalVirtualFunctions = total > 0 ? total : functions,
            }, machine.Parts);
            Card.ConnectLink(Link);
        })), "server");
        Send(Card.Device, new KernelAttached(KernelStub));
        if ((enabled ?? functions) > 0)
            Enable(enabled ?? functions);
    }

    public Island Island { get; }

    public Machine Machine { get; }

    public Card Card { get; private set; } = null!;

    public IslandActorRef KernelStub { get; private set; } = null!;

    public IslandActorRef Link { get; private set; } = null!;

    /// <summary>What the kernel was told, with times.</summary>
    public List<(long TimePs, object Message, long Word)> Heard { get; } = [];

    /// <summary>Frames that left on the wire, with the times of their starts.</summary>
    public List<(long TimePs, byte[] Bytes)> Wire { get; } = [];

    public long NowPs { get; private set; }

    public static MacAddress MacOf(int function) => new(0x0200_0000_0000UL + (ulong)function);

    public void Enable(int functions)
    {
        var srIov = Card.SrIovCapabilityOffset;
        Configure(srIov + 0x10, 2, (uint)functions);
        Configure(srIov + 0x08, 2, 0x19);
        Run();
    }

    public void Disable() => Configure(Card.SrIovCapabilityOffset + 0x08, 2, 0);

    public void Configure(int offset, int width, uint value) =>
        Order(new PhysicalFunctionProtocol.WriteConfiguration(
            Card.PhysicalFunctionId, offset, width, value));

    /// <summary>The kernel gives an order to the physical function; it arrives at once.</summary>
    public void Order(PhysicalFunctionProtocol.Order order)
    {
        Send(Card.PhysicalFunction, order);
        Run(0);
    }

    public void Send(IslandActorRef to, object message, long word = 0, long afterPs = 0)
    {
        Island.Schedule(NowPs + afterPs, to, message, KernelStub, word);
    }

    /// <summary>A frame's last bit arrives from the wire.</summary>
    public void Arrive(ReadOnlySpan<byte> frame, bool damaged = false, long afterPs = 0) => Send(
        Card.Device, damaged ? Card.DamagedFrameArrival : Card.FrameArrival,
        Island.Frames.Take(frame), afterPs);

    /// <summary>Lets time pass.</summary>
    public void Run(long durationPs = 100 * Picoseconds.PerMicrosecond)
    {
        NowPs += durationPs;
        Island.RunUntil(NowPs + 1);
    }

    /// <summary>A domain with memory, attached to a function, with a driver.</summary>
    public Tenant Tenant(int function, bool withMac = true)
    {
        if (!tenants.TryGetValue(function, out var tenant))
        {
            if (!PageTable.TryCreate(Machine.Memory, tableFrames, out var table))
                throw new InvalidOperationException("no frame for a root");
            var domain = new DomainId((ushort)(function + 2));
            tables.SetDomain(domain, table.RootAddress);
            tables.Attach(Card.FunctionOf(function), domain);
            tenant = new Tenant(this, function, table, domain);
            tenants.Add(function, tenant);
        }

        if (withMac && function >= 0)
            Order(new PhysicalFunctionProtocol.AssignMac(function, MacOf(function)));
        return tenant;
    }

    public long NewFrame() => Machine.Frames.TryAllocate(new OwnerId(9), out var frame)
        ? Frame.AddressOf(frame) : throw new InvalidOperationException("no frame");

    public IslandActorRef? ActorAt(long physicalAddress, out int offset)
    {
        offset = 0;
        if (!Machine.Mmio.TryFind(physicalAddress, out var region, out var inRegion))
            return null;
        offset = (int)region.OffsetInWindow(inRegion);
        return ((IMmioTarget)region.Target!).ActorOf(region.WindowOf(inRegion));
    }

    /// <summary>A UDP frame between two hosts, 10.0.0.function for a function.</summary>
    public static byte[] Udp(
        MacAddress from, MacAddress to, int payloadBytes = 64, ushort sourcePort = 1000,
        ushort destinationPort = 7, VlanTag? vlan = null, byte fill = 0x5A)
    {
        var bytes = new byte[FrameStore.LongestFrameBytes];
        var payload = new byte[payloadBytes];
        payload.AsSpan().Fill(fill);
        var hosts = new Ipv4Endpoints(from, to, IpOf(from), IpOf(to), vlan);
        var length = FrameBuilder.Udp(
            bytes, new UdpEndpoints(hosts, sourcePort, destinationPort), payload);
        return bytes[..length];
    }

    public static Ipv4Address IpOf(MacAddress mac) =>
        new(0x0A00_0000u | (uint)(mac.Value & 0xFFFF));

    public void Dispose() => emulation.Dispose();

    public static CostTable Costs()
    {
        var costs = new CostTable();
        costs.Set(DeviceCosts.PciePostedWrite, PostedWritePs);
        costs.Set(DeviceCosts.PcieRead, ReadPs);
        costs.Set(DeviceCosts.DmaByte, DmaBytePs);
        costs.Set(DeviceCosts.NicReceivePipeline, ReceivePipelinePs);
        costs.Set(DeviceCosts.NicTransmitPipeline, TransmitPipelinePs);
        costs.Set(DeviceCosts.MsiXDelivery, InterruptPs);
        costs.Set(HardwareCosts.Interrupt, 500_000);
        return costs;
    }

    private sealed class Recorder(List<(long, object, long)> heard) : EmulatedActor
    {
        protected override void OnReceive(object message) => heard.Add((NowPs, message, Word));
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
