using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Filters;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// Secure bindings of the network where the card has no function for each environment: the kernel
/// drives the physical function, demultiplexes each frame when the card interrupts, and copies it
/// into a packet ring in the environment's memory; to send is a call (Engler et al., SOSP 1995,
/// sections 3.2 and 5.5). The kernel is on the data path then.
/// </summary>
internal sealed class SharedCard
{
    private const int PhysicalFunction = PhysicalFunctionProtocol.PhysicalFunction;
    private const int CoreVector = 47;
    private const int RingSize = 64;
    private const int HeldBuffers = 2;

    private readonly KernelState state;
    private readonly VirtualFunctions functions;
    private readonly EnvironmentPages pages;
    private readonly CardExecution execution;
    private readonly long firstFilter;
    private readonly INetworkLibrary library;
    private readonly PageTable reachable;
    private readonly CardQueue?[] queues;
    private readonly CardReceive receive;
    private readonly CardTransmit transmit;

    private SharedCard(
        KernelState state, VirtualFunctions functions, INetworkLibrary library, long firstFilter,
        PageTable reachable)
    {
        this.state = state;
        this.functions = functions;
        this.library = library;
        this.firstFilter = firstFilter;
        this.reachable = reachable;
        pages = new EnvironmentPages(Machine.Memory, state.Memory.Translation.Bindings);
        execution = new CardExecution(Machine, state.Work, state.Kernel);
        queues = new CardQueue?[Math.Min(
            Machine.Cores.Length, NicModel.PhysicalFunctionQueues)];
        var name = $"{state.Nic.Address}.pf";
        receive = new CardReceive(state, Matches, execution, name);
        transmit = new CardTransmit(state, execution, name);
    }

    /// <summary>
    /// Sets the physical function up, with the queue of the first core, which gets what no filter
    /// steers elsewhere. Null where no frames are left for tables or packet buffers; nothing is
    /// kept then.
    /// </summary>
    public static SharedCard? Open(
        KernelState state, VirtualFunctions functions, INetworkLibrary library, long firstFilter,
        Core core, ref long atPs)
    {
        var tables = new OwnedTableFrames(
            state.Machine.Frames, state.Machine.Memory, KernelState.FrameOwner);
        if (!PageTable.TryCreate(state.Machine.Memory, tables, out var reachable))
            return null;
        var card = new SharedCard(state, functions, library, firstFilter, reachable);
        card.execution.WorkOn(core, atPs);
        if (!functions.TryAttachPhysical(reachable) || !card.TryOpen(0))
        {
            functions.DetachPhysical();
            reachable.ReleaseTables();
            return null;
        }

        atPs = card.execution.ClockPs;
        return card;
    }

    /// <summary>Which environment a frame is for.</summary>
    public PacketMatches Matches { get; } = new();

    /// <summary>What its DMA can reach: packet buffers of the kernel's.</summary>
    public PageTable Reachable => reachable;

    private Machine Machine => state.Machine;

    /// <summary>
    /// Makes a binding that was authorised, if its rings can lie where they are said to.
    /// </summary>
    public CallResult Bind(
        EnvironmentRecord environment, KernelCall.BindPackets call, int number, bool hasFilter,
        ref long atPs)
    {
        var refusal = PacketRings.Check(pages, environment.Number, call.Rings);
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        execution.WorkOn(environment.Core, atPs);
        if (!TryOpen(NumberOf(environment.Core)))
            return new CallResult(ExokernelRefusal.OutOfMemory);
        atPs = execution.ClockPs;
        var match = new PacketMatch(call.Mac, call.Ip, call.Port);
        if (!Matches.TryAdd(match, environment))
            return new CallResult(ExokernelRefusal.AddressTaken);
        var shared = new SharedBinding(
            match, new PacketRings(pages, environment.Number, call.Rings), call.BitsPerSecond);
        environment.Network = new NetworkBinding(
            number, -1, firstFilter + environment.Number, hasFilter ? 1 : 0, 0)
        {
            Shared = shared,
        };
        Steer(environment, call, hasFilter, ref atPs);
        return new CallResult(ExokernelRefusal.None, number);
    }

    /// <summary>Breaks a binding: nothing is put into its ring or taken from it any more.
    /// </summary>
    public long Break(
        EnvironmentRecord environment, NetworkBinding binding, Core core, long atPs)
    {
        var match = binding.Shared!.Match;
        Matches.Remove(match);
        if (binding.ReceiveFilters > 0)
        {
            functions.Order(
                core, ref atPs, new PhysicalFunctionProtocol.RemoveReceiveFilter(
                    binding.FirstFilter));
        }

        if (!Matches.HasStation(match.Mac))
        {
            functions.Order(
                core, ref atPs,
                new PhysicalFunctionProtocol.RemoveMac(new MacAddress(match.Mac)));
        }

        return atPs;
    }

    /// <summary>The card has interrupted for one of its queues.</summary>
    public void TakeInterrupt(int queue) => receive.Begin(queues[queue]!);

    /// <summary>The environments of a core have had their share of it.</summary>
    public void GoOn(int queue) => receive.GoOn(queues[queue]!);

    /// <summary>A frame is copied.</summary>
    public void Deliver(int queue) => receive.Deliver(queues[queue]!);

    /// <summary>An environment has posted packets up to a tail.</summary>
    public CallResult Transmit(
        EnvironmentRecord environment, KernelCall.Transmit call, Core core, ref long atPs)
    {
        if (environment.Network?.Shared is not { } shared)
            return new CallResult(ExokernelRefusal.NoNetworkBinding);
        if (!shared.Rings.IsTail(call.Tail))
            return new CallResult(ExokernelRefusal.BadRing);
        shared.Tail = call.Tail;
        atPs = transmit.Send(environment, shared, QueueOf(core), core, atPs);
        return default;
    }

    /// <summary>The rate of an environment lets its next frame go.</summary>
    public void TransmitDue(EnvironmentRecord environment)
    {
        if (environment.Network?.Shared is not { } shared)
            return;
        shared.IsDelayed = false;
        transmit.Send(
            environment, shared, QueueOf(environment.Core), environment.Core, state.NowPs);
    }

    /// <summary>Frames taken from the card's rings.</summary>
    public Hardware.Network.PacketCounters Received => receive.Counters;

    /// <summary>Frames that environments sent.</summary>
    public Hardware.Network.PacketCounters Transmitted => transmit.Counters;

    private int NumberOf(Core core) => core.Number % queues.Length;

    private CardQueue QueueOf(Core core) => queues[NumberOf(core)]!;

    /// <summary>
    /// Sets the queue pair of a core up, if that has not been done. False where no frames are left
    /// for its packet buffers.
    /// </summary>
    private bool TryOpen(int number)
    {
        if (queues[number] is not null)
            return true;
        var layout = new QueueLayout(0, RingSize, RingSize, HeldBuffers);
        if (!Machine.Frames.TryAllocate(KernelState.FrameOwner, out var first, layout.Pages))
            return false;
        for (var page = 0; page < layout.Pages; page++)
        {
            var address = Frame.AddressOf(first + page);
            if (reachable.Map((ulong)address, address, PageRights.User | PageRights.Writable)
                == MapResult.Mapped)
                continue;
            while (--page >= 0)
                reachable.Unmap((ulong)Frame.AddressOf(first + page));
            Machine.Frames.Free(KernelState.FrameOwner, first, layout.Pages);
            return false;
        }

        var driver = library.MakeDriver(
            execution, layout with { FirstPage = first },
            (ulong)state.Nic.RegistersOf(PhysicalFunction), number, number);
        Start(queues[number] = new CardQueue(number, Machine.Cores[number], driver));
        return true;
    }

    private void Start(CardQueue queue)
    {
        queue.Core.Bind(CoreVector, new VectorBinding(
            state.Kernel, null, state.Options.EnvironmentLimit + queue.Number));
        Order(new PhysicalFunctionProtocol.ProgramVector(
            PhysicalFunction, queue.Number,
            (ulong)Machine.InterruptAddressOf(queue.Core.Number), CoreVector));
        queue.Driver.Initialize();
        queue.Driver.ArmDoorbell();
    }

    private void Order(PhysicalFunctionProtocol.Order order)
    {
        var atPs = execution.ClockPs;
        functions.Order(execution.Core, ref atPs, order);
        execution.WorkOn(execution.Core, atPs);
    }

    /// <summary>
    /// Has the card put the station's frames into the queue of the environment's core, as long as
    /// it has filters; otherwise any core may get them.
    /// </summary>
    private void Steer(
        EnvironmentRecord environment, KernelCall.BindPackets call, bool hasFilter,
        ref long atPs)
    {
        functions.Order(
            environment.Core, ref atPs,
            new PhysicalFunctionProtocol.AssignMac(PhysicalFunction, new MacAddress(call.Mac)));
        if (!hasFilter)
            return;
        functions.Order(
            environment.Core, ref atPs, new PhysicalFunctionProtocol.InstallReceiveFilter(
                PhysicalFunction, QueueOf(environment.Core).Number,
                FilterPredicate.Everything.WithDestinationMac(call.Mac),
                firstFilter + environment.Number));
    }
}
