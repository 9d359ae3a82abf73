using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.AddressSpaces;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Tests.Arrakis.Scenes;

/// <summary>A context of a test's domain, and the library that its program calls.</summary>
internal sealed class TestProgram
{
    public const ulong DataAddress = (ulong)DomainLayout.FirstFreePage << 12;
    public const int DataPages = 16;

    private readonly TestDomain domain;
    private readonly KernelScene.Program body;
    private ArrakisProtocol.Returned? returned;
    private bool hasBegun;

    public TestProgram(TestDomain domain, int number, KernelScene.Program body)
    {
        this.domain = domain;
        this.body = body;
        Context = new CpuContext(
            domain.Me, number, domain.Environment.Costs, domain.Environment.Account);
    }

    public CpuContext Context { get; }

    public TestDomain Domain => domain;

    public Handle DomainHandle => new(domain.Environment.DomainHandle);

    public Handle Memory { get; private set; }

    public Handle Card { get; private set; }

    public CardValue CardPlace { get; private set; }

    /// <summary>Times that the program notes down.</summary>
    public List<long> Notes { get; } = [];

    /// <summary>Answers in the order of calls.</summary>
    public List<ArrakisProtocol.Returned> Answers { get; } = [];

    public bool HasEnded { get; private set; }

    public void Begin()
    {
        if (hasBegun)
            return;
        hasBegun = true;
        var task = body(this);
        task.WhenCompleted(() =>
        {
            HasEnded = true;
            task.GetResult();
        });
    }

    public void Take(ArrakisProtocol.Returned answer)
    {
        returned = answer;
        Answers.Add(answer);
        Context.Answer();
    }

    public void Note() => Notes.Add(Context.ClockPs);

    /// <summary>Asks the control plane; the caller in the command is filled in by the kernel.
    /// </summary>
    public async EmulatedTask<ArrakisProtocol.Returned> Call(Command command)
    {
        await Context.SyncBeforeSend();
        domain.SendFrom(
            domain.Environment.Kernel, new ArrakisProtocol.ControlCall(Context, command),
            Context.ClockPs);
        await Context.AwaitAnswer();
        return returned!;
    }

    /// <summary>Computes.</summary>
    public async EmulatedTask Work(long durationPs)
    {
        Context.Charge(HardwareCosts.Work, durationPs);
        await Context.Sync();
    }

    public async EmulatedTask WaitForDoorbell()
    {
        await Context.SyncBeforeSend();
        domain.SendFrom(
            domain.Environment.Kernel, new ArrakisProtocol.WaitForDoorbell(Context),
            Context.ClockPs);
        await Context.Block();
    }

    public async EmulatedTask Yield()
    {
        await Context.SyncBeforeSend();
        domain.SendFrom(
            domain.Environment.Kernel, new ArrakisProtocol.Yield(Context), Context.ClockPs);
        await Context.Block();
    }

    public async EmulatedTask Exit()
    {
        await Context.SyncBeforeSend();
        domain.SendFrom(
            domain.Environment.Kernel, new ArrakisProtocol.Exit(Context), Context.ClockPs);
        await Context.Block();
    }

    /// <summary>Memory, mapped, and a card with one pair of queues.</summary>
    public async EmulatedTask SetUp()
    {
        Memory = (await Call(new Command.AllocateMemory(default, DataPages))).Handle;
        await Call(new Command.MapMemory(
            default, Memory, DomainHandle, 0, DomainLayout.FirstFreePage, DataPages,
            CapabilityRights.Read | CapabilityRights.Write));
        var card = await Call(new Command.CreateCard(default, DomainHandle, 0, 1));
        Card = card.Handle;
        CardPlace = new CardValue(card.Value);
        domain.Environment.Readiness.Ready(domain.Environment.Address);
    }

    /// <summary>Stores to a register of the own card.</summary>
    public EmulatedTask Register(int offset, uint value) =>
        StoreRegister(((ulong)CardPlace.RegisterPage << 12) + (ulong)offset, value);

    /// <summary>Stores to whatever register an address leads to; a page fault crashes.</summary>
    public async EmulatedTask StoreRegister(ulong address, uint value)
    {
        await Context.SyncBeforeSend();
        if (!TryStoreRegister(address, value))
        {
            throw new Disguise.Actors.Islands.ComponentFailureException(
                $"page fault at {address:x}");
        }
    }

    /// <summary>Stores to a register; false on a page fault, and then nothing has left.</summary>
    public bool TryStoreRegister(ulong address, uint value)
    {
        if (!Context.Mmu.TryTranslate(address, Access.Write, out var found, out _))
            return false;
        Context.Charge(HardwareCosts.MmioWrite);
        Assert.Equal(TranslationKind.Mmio, found.Kind);
        var machine = domain.Scene.Machine;
        Assert.True(machine.Mmio.TryFind(found.PhysicalAddress, out var region, out var at));
        var actor = ((IMmioTarget)region!.Target!).ActorOf(region.WindowOf(at));
        domain.SendFrom(
            actor!, MmioProtocol.RegisterWrite.Instance,
            Context.ClockPs + machine.Costs.Of(DeviceCosts.PciePostedWrite),
            MmioProtocol.RegisterWrite.WordOf((int)region.OffsetInWindow(at), value));
        return true;
    }

    public bool TryStore(ulong address, ReadOnlySpan<byte> bytes) =>
        Context.Mmu.TryWrite(address, bytes, out _);

    public bool TryLoad(ulong address, Span<byte> bytes) =>
        Context.Mmu.TryRead(address, bytes, out _);

    public void Store(ulong address, ReadOnlySpan<byte> bytes) =>
        Assert.True(TryStore(address, bytes));

    public byte[] Load(ulong address, int length)
    {
        var bytes = new byte[length];
        Assert.True(TryLoad(address, bytes));
        return bytes;
    }
}
