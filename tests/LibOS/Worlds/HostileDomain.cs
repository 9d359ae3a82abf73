using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.AddressSpaces;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;

namespace Disguise.LibOS.Tests.Worlds;

/// <summary>
/// A protection domain without a library that would hold it back. It has what every tenant has:
/// memory through the MMU, registers by stores to mapped pages, messages to its kernel.
/// </summary>
internal sealed class HostileDomain : EmulatedActor
{
    public const int RingSize = 64;
    public const int DataPages = 48;
    public const ulong Data = (ulong)DomainLayout.FirstFreePage << 12;
    public const ulong ReceiveRing = Data;
    public const ulong TransmitRing = Data + 0x1000;
    public const ulong Buffers = Data + 0x2000;
    public const int BufferBytes = 2_048;

    private readonly TenantWorld.Program program;
    private ArrakisProtocol.Returned? returned;
    private EmulatedTask running;
    private bool hasBegun;
    private bool isAnswerDue;
    private bool hasEnded;

    public HostileDomain(
        TenantWorld world, DomainEnvironment environment, TenantWorld.Program program)
    {
        World = world;
        Environment = environment;
        this.program = program;
        Cpu = new CpuContext(Me, 0, environment.Costs, environment.Account);
    }

    public TenantWorld World { get; }

    public DomainEnvironment Environment { get; }

    public CpuContext Cpu { get; }

    public Handle Domain => new(Environment.DomainHandle);

    public Handle Memory { get; private set; }

    public Handle Card { get; private set; }

    public CardValue CardPlace { get; private set; }

    public ulong Registers => (ulong)CardPlace.RegisterPage << 12;

    /// <summary>What it could get hold of.</summary>
    public List<byte[]> Loot { get; } = [];

    /// <summary>Why the MMU refused its accesses.</summary>
    public List<PageFaultReason> PageFaults { get; } = [];

    /// <summary>
    /// Whether devices take its addresses for physical ones: then the driver has to give them
    /// those, as on a machine without an IOMMU.
    /// </summary>
    public bool UsesPhysicalAddresses { get; set; }

    public async EmulatedTask<ArrakisProtocol.Returned> Call(Command command)
    {
        await Cpu.SyncBeforeSend();
        isAnswerDue = true;
        Send(
            Environment.Kernel, new ArrakisProtocol.ControlCall(Cpu, command),
            Cpu.ClockPs);
        await Cpu.AwaitAnswer();
        return returned!;
    }

    /// <summary>Says anything to the kernel, without waiting for an answer.</summary>
    public async EmulatedTask Say(object message)
    {
        await Cpu.SyncBeforeSend();
        Send(Environment.Kernel, message, Cpu.ClockPs);
    }

    public async EmulatedTask Work(long durationPs)
    {
        Cpu.Charge(HardwareCosts.Work, durationPs);
        await Cpu.Sync();
    }

    /// <summary>Memory and a card with one pair of queues.</summary>
    public async EmulatedTask SetUp()
    {
        Memory = (await Call(new Command.AllocateMemory(default, DataPages))).Handle;
        await Call(new Command.MapMemory(
            default, Memory, Domain, 0, DomainLayout.FirstFreePage, DataPages,
            CapabilityRights.Read | CapabilityRights.Write));
        await MakeCard();
    }

    /// <summary>Another card in the place of the one it has; what is under way is lost.</summary>
    public async EmulatedTask RenewCard()
    {
        await Call(new Command.DeleteCard(default, Card));
        await MakeCard();
    }

    private async EmulatedTask MakeCard()
    {
        var card = await Call(new Command.CreateCard(default, Domain, 0, 1));
        if (card.Refusal != RefusalReason.None)
            return;
        Card = card.Handle;
        CardPlace = new CardValue(card.Value);
    }

    /// <summary>A transmit filter for the own IPv4 address, as every library asks for.</summary>
    public async EmulatedTask AllowOwnAddress()
    {
        var filter = await Call(new Command.CreateFilter(default, new FilterSpecification
        {
            Direction = FilterDirection.Transmit,
            Level = FilterLevel.Ip,
            LocalMac = Environment.Mac.Value,
            LocalIp = Environment.Ip.Value,
        }));
        await Call(new Command.AssignFilter(default, filter.Handle, Card, 0));
    }

    /// <summary>Rings of <see cref="RingSize"/> descriptors, enabled, nothing posted.</summary>
    public async EmulatedTask StartRings()
    {
        foreach (var (queue, ring) in new[]
        {
            (FunctionRegisters.ReceiveQueues, ReceiveRing),
            (FunctionRegisters.TransmitQueues, TransmitRing),
        })
        {
            var address = DeviceAddress(ring);
            await Register(queue + FunctionRegisters.QueueControl, 0);
            await Register(queue + FunctionRegisters.BaseLow, (uint)address);
            await Register(queue + FunctionRegisters.BaseHigh, (uint)(address >> 32));
            await Register(queue + FunctionRegisters.Length, RingSize * 16);
            if (queue == FunctionRegisters.ReceiveQueues)
            {
                await Register(
                    queue + FunctionRegisters.SplitReplicationControl,
                    FunctionRegisters.SplitReplicationOf(2));
            }

            await Register(
                queue + FunctionRegisters.QueueControl, FunctionRegisters.QueueEnableBit);
        }
    }

    public EmulatedTask Register(int offset, uint value) => StoreRegister(
        Registers + (ulong)offset, value);

    /// <summary>Stores to whatever register an address leads to; a page fault is noted.</summary>
    public async EmulatedTask StoreRegister(ulong address, uint value)
    {
        await Cpu.SyncBeforeSend();
        Cpu.Charge(HardwareCosts.MmioWrite);
        var arrivalPs = Cpu.ClockPs + Environment.Costs.Of(DeviceCosts.PciePostedWrite);
        if (!RegisterBus.TryStore(Cpu, address, value, arrivalPs, out var fault))
            PageFaults.Add(fault.Reason);
    }

    public bool TryStore(ulong address, ReadOnlySpan<byte> bytes)
    {
        var isStored = Cpu.Mmu.TryWrite(address, bytes, out var fault);
        if (!isStored)
            PageFaults.Add(fault.Reason);
        return isStored;
    }

    public bool TryLoad(ulong address, Span<byte> bytes)
    {
        var isLoaded = Cpu.Mmu.TryRead(address, bytes, out var fault);
        if (!isLoaded)
            PageFaults.Add(fault.Reason);
        return isLoaded;
    }

    public void PostReceive(int index, ulong deviceAddress)
    {
        Span<byte> bytes = stackalloc byte[16];
        new ReceiveDescriptor(deviceAddress).Write(bytes);
        TryStore(ReceiveRing + ((ulong)index * 16), bytes);
    }

    public void PostTransmit(
        int index, ulong deviceAddress, int length, bool isLast = true,
        TransmitCommand command = TransmitCommand.Extended)
    {
        Span<byte> bytes = stackalloc byte[16];
        new TransmitDescriptor(
            deviceAddress, (ushort)length,
            command | (isLast ? TransmitCommand.EndOfPacket : TransmitCommand.None),
            (uint)length).Write(bytes);
        TryStore(TransmitRing + ((ulong)index * 16), bytes);
    }

    public ulong Buffer(int index) => Buffers + ((ulong)index * BufferBytes);

    /// <summary>What a device has to be told for an address of the own memory.</summary>
    public ulong DeviceAddress(ulong address)
    {
        if (!UsesPhysicalAddresses)
            return address;
        Assert.True(Cpu.Mmu.TryTranslate(address, Access.Read, out var found, out _));
        return (ulong)found.PhysicalAddress;
    }

    protected override void PreStart() =>
        Send(Environment.Kernel, new ArrakisProtocol.StartContext(Cpu), NowPs);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ArrakisProtocol.Dispatched when !hasBegun:
                hasBegun = true;
                running = program(this);
                break;
            case ContextResume:
                Cpu.Resume(Word);
                break;
            case ArrakisProtocol.Returned answer when isAnswerDue:
                isAnswerDue = false;
                returned = answer;
                Cpu.Answer();
                break;
            default:
                // Upcalls, interrupts and answers that it did not wait for.
                break;
        }

        if (hasBegun && !hasEnded && running.IsCompleted)
        {
            hasEnded = true;
            running.GetResult();
        }
    }
}
