using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Arrakis.AddressSpaces;
using Disguise.Kernels.Arrakis.Cards;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis;

/// <summary>
/// The control plane with its effects: decides, admits, applies, carries out, and charges all of
/// it to the kernel on the core that it works on. Orders to the NIC leave when the work is done.
/// </summary>
internal sealed class KernelServices
{
    private readonly Machine machine;
    private readonly Nic nic;
    private readonly ArrakisOptions options;
    private readonly IslandActorRef kernel;
    private readonly KernelWork work;
    private readonly MemoryEffects memory;
    private readonly CardEffects cards;
    private readonly Doorbells doorbells;
    private readonly ControlPlaneEffects effects;
    private readonly Admission admission;

    public KernelServices(
        Machine machine, Nic nic, ArrakisOptions options, IslandActorRef kernel, KernelWork work,
        RunQueues queues)
    {
        this.machine = machine;
        this.nic = nic;
        this.options = options;
        this.kernel = kernel;
        this.work = work;
        var boot = new KernelBoot(machine, nic, options);
        ControlPlane = boot.ControlPlane;
        memory = new MemoryEffects(machine, boot.TableFrames);
        cards = new CardEffects(machine, nic, options.VirtualFunctions, boot.IommuTables, memory);
        doorbells = new Doorbells(machine, kernel, queues);
        effects = new ControlPlaneEffects(memory, cards, doorbells);
        admission = new Admission(
            machine, memory, cards, nic.RegisterPages, options.TableFramesPerContainer);
    }

    /// <summary>The control plane.</summary>
    public ArrakisControlPlane ControlPlane { get; }

    /// <summary>Refusals by reason.</summary>
    public RefusalTally Refusals { get; } = new();

    private long NowPs => machine.Island.NowPs;

    /// <summary>The address space of a domain.</summary>
    public AddressSpace SpaceOf(int domain) => memory.MapOf(domain).Space;

    /// <summary>Whom a doorbell's event is for, if there is still somebody.</summary>
    public ScheduledContext? ContextOf(int doorbell) => doorbells.ContextOf(doorbell);

    /// <summary>
    /// Switches the virtual functions on, as a driver does: NumVFs, then VF Enable with the
    /// memory space of the functions (SR-IOV specification 1.1, sections 3.3.3 and 3.3.7).
    /// </summary>
    public void EnableVirtualFunctions()
    {
        const int Control = 8;
        const int FunctionCount = 16;
        const uint EnableWithMemorySpace = 1 | (1 << 3);
        if (options.VirtualFunctions == 0)
            return;
        var capability = nic.SrIovCapabilityOffset;
        Send(new PhysicalFunctionProtocol.WriteConfiguration(
            nic.PhysicalFunctionId, capability + FunctionCount, 2,
            (uint)options.VirtualFunctions), NowPs);
        Send(new PhysicalFunctionProtocol.WriteConfiguration(
            nic.PhysicalFunctionId, capability + Control, 2, EnableWithMemorySpace), NowPs);
    }

    /// <summary>
    /// From when on a call may be served: what is given to its caller may have been another's
    /// whose end is under way on another core, and the NIC acts upon orders in the order in which
    /// they reach it. A function that was not reset yet would write where it is not to any more.
    /// </summary>
    public long SettledPs(Command command)
    {
        if (command is not (Command.CreateCard or Command.AssignFilter))
            return 0;
        var settledPs = 0L;
        foreach (var planned in ControlPlane.Decide(command).Events)
            settledPs = Math.Max(settledPs, cards.SettledPs(planned));
        return settledPs;
    }

    /// <summary>
    /// Serves a control call of a context on its core: all its time is the kernel's there.
    /// Returns when the kernel returns to the caller.
    /// </summary>
    public long Call(
        ScheduledContext caller, Core core, Command command, out Decision decision,
        out long value)
    {
        var atPs = work.ServeCall(core, work.Enter(core, NowPs));
        decision = Decide(command, caller, out value);
        atPs = Finish(core, work.Return(core, ChargeEffects(core, atPs)));
        options.Calls?.Called(command, decision.Refusal, caller.CalledPs, atPs);
        return atPs;
    }

    /// <summary>
    /// The operator's container with one protection domain. Returns why not, or none.
    /// </summary>
    public RefusalReason CreateContainer(
        ContainerProtocol.Request request, Core core, out ContainerId container,
        out Handle domainHandle, out int domain, out long donePs)
    {
        domainHandle = Handle.None;
        domain = -1;
        container = default;
        donePs = work.ServeCall(core, NowPs);
        var create = new Command.CreateContainer(
            ContainerId.Operator, [new ContainerAddress(request.Mac, request.Ip)],
            request.MemoryLimitPages);
        var created = Decide(create, null, out _);
        if (!created.IsAccepted)
        {
            options.Calls?.Called(create, created.Refusal, NowPs, donePs);
            return created.Refusal;
        }

        var made = First<ControlEvent.ContainerCreated>(created);
        container = new ContainerId(made.Container, made.Generation);
        donePs = work.ServeCall(core, donePs);
        var domainCreated = Decide(new Command.CreateDomain(container), null, out _);
        if (domainCreated.IsAccepted)
        {
            domainHandle = domainCreated.Handle;
            domain = First<ControlEvent.DomainCreated>(domainCreated).Domain;
            memory.MapOf(domain).HasContexts = true;
        }
        else
        {
            Decide(
                new Command.DestroyContainer(ContainerId.Operator, container), null, out _);
        }

        donePs = Finish(core, ChargeEffects(core, donePs));
        options.Calls?.Called(create, domainCreated.Refusal, NowPs, donePs);
        return domainCreated.Refusal;
    }

    /// <summary>The operator deletes a card by force. Returns when the kernel is done.</summary>
    public long RevokeCard(int card, Core core) =>
        Order(new Command.RevokeCard(ContainerId.Operator, card), core);

    /// <summary>A container has crashed or ended: everything it has is freed.</summary>
    public long DestroyContainer(ContainerId container, Core core) =>
        Order(new Command.DestroyContainer(ContainerId.Operator, container), core);

    /// <summary>Whether the doorbells on a core can go to others.</summary>
    public bool CanMoveDoorbellsFrom(int core) => doorbells.CanMoveFrom(core);

    /// <summary>The doorbells of others go from a core that has got an owner.</summary>
    public void MoveDoorbellsFrom(int number)
    {
        doorbells.MoveFrom(number, cards.ProgramVector);
        var core = machine.Cores[number];
        Finish(core, ChargeEffects(core, NowPs));
    }

    private static T First<T>(Decision decision)
        where T : ControlEvent
    {
        foreach (var happened in decision.Events)
        {
            if (happened is T found)
                return found;
        }

        throw new InvalidOperationException($"a decision without {typeof(T).Name}");
    }

    private long Order(Command command, Core core)
    {
        var atPs = work.ServeCall(core, NowPs);
        var decision = Decide(command, null, out _);
        atPs = Finish(core, ChargeEffects(core, atPs));
        options.Calls?.Called(command, decision.Refusal, NowPs, atPs);
        return atPs;
    }

    private Decision Decide(Command command, ScheduledContext? caller, out long value)
    {
        value = 0;
        var decision = Admit(command, ControlPlane.Decide(command), caller);
        Refusals.Count(decision);
        options.Journal?.Decided(NowPs, decision.Events);
        foreach (var happened in decision.Events)
        {
            ControlPlane.Apply(happened);
            var told = effects.CarryOut(happened);
            if (told != 0)
                value = told;
        }

        return decision;
    }

    private Decision Admit(Command command, Decision decision, ScheduledContext? caller)
    {
        var refusal = admission.Check(decision);
        if (refusal == RefusalReason.None && decision.IsAccepted
            && command is Command.AssociateDoorbell)
        {
            var core = caller is null ? -1 : doorbells.FindCore(caller);
            if (core < 0)
                refusal = RefusalReason.VectorsExhausted;
            else
                effects.NextDoorbell = (caller!, core);
        }

        return refusal == RefusalReason.None ? decision : Decision.Refuse(refusal);
    }

    /// <summary>Charges what carrying out has done.</summary>
    private long ChargeEffects(Core core, long atPs)
    {
        atPs = work.WritePages(core, memory.TakePageCount(), atPs);
        atPs = work.InterruptCores(
            core, memory.Caches.TakeShootdowns(core.Number), atPs);
        return work.WriteRegisters(core, cards.RegisterWrites, atPs);
    }

    private long Finish(Core core, long donePs)
    {
        foreach (var order in cards.Orders)
            Send(order, donePs);
        cards.SettleOrders(ArrivalPs(donePs));
        return donePs;
    }

    private void Send(PhysicalFunctionProtocol.Order order, long atPs) =>
        machine.Island.Schedule(ArrivalPs(atPs), nic.PhysicalFunction, order, kernel);

    private long ArrivalPs(long sentPs) =>
        sentPs + machine.Costs.Of(DeviceCosts.PciePostedWrite);
}
