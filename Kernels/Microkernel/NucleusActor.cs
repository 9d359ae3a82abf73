using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Microkernel.Domains;
using Disguise.Kernels.Microkernel.Interrupts;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Threads;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Microkernel;

/// <summary>
/// The microkernel: threads, address spaces, messages between them, interrupts as messages, and
/// nothing else (Liedtke, On micro-kernel construction, SOSP 1995). A trap is served at the
/// caller's time on the caller's core; two cores may be in the kernel at once.
/// </summary>
internal sealed class NucleusActor : EmulatedActor
{
    private readonly Nucleus nucleus;
    private readonly KernelState state;
    private readonly MessageCalls messages;
    private readonly CapabilityCalls capabilities;
    private readonly DomainOrders orders;
    private readonly bool checksOrders;

    public NucleusActor(Machine machine, Nic nic, NucleusOptions options, Nucleus nucleus)
    {
        this.nucleus = nucleus;
        state = new KernelState(machine, nic, options, Me);
        messages = new MessageCalls(state);
        capabilities = new CapabilityCalls(state);
        orders = new DomainOrders(state);
        checksOrders = machine.Guards.IsOn(KernelGuards.Orders);
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        TableRefill.Install(state.Machine);
        nucleus.Booted(state);
        foreach (var core in state.Machine.Cores)
            Send(core.Actor, new KernelAttached(Me), NowPs);
        Send(state.Nic.Device, new KernelAttached(Me), NowPs);
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (IsRefusedOrder(message))
        {
            nucleus.RecordRefusedOrder();
            return;
        }

        switch (message)
        {
            case NucleusProtocol.Trap:
                TakeTrap(isException: false);
                break;
            case NucleusProtocol.PageFault:
                TakeTrap(isException: true);
                break;
            case CoreProtocol.KernelInterrupt:
                TakeInterrupt(
                    CoreProtocol.KernelInterrupt.CoreOf(Word),
                    CoreProtocol.KernelInterrupt.EventOf(Word));
                break;
            case CoreProtocol.TimerInterrupt:
                state.Scheduler.EndSlice((int)Word);
                break;
            case NucleusProtocol.WaitExpired:
                if (state.Objects.Threads.Find(NucleusProtocol.WaitExpired.ThreadOf(Word))
                    is { } waiting)
                    Expire(waiting, NucleusProtocol.WaitExpired.GenerationOf(Word));
                break;
            case NucleusProtocol.DeferredTrap:
                if (state.Objects.Threads.Find((uint)Word)
                    is { State: ThreadStatus.Running } deferred)
                    Serve(deferred, deferred.Context!.Core!);
                break;
            case NucleusProtocol.StartThread start:
                Start(start);
                break;
            case NucleusProtocol.CreateDomain create:
                orders.Create(create.Request, (IslandActorRef)Sender);
                break;
            case NucleusProtocol.DomainStarted started:
                if (state.Domains.ByNumber(started.Domain) is { Actor: null } domain)
                    state.Domains.Started(domain, started.Actor);
                break;
            case NucleusProtocol.DomainEnded ended:
                orders.End(ended.Domain, (IslandActorRef)Sender);
                break;
            case NucleusProtocol.RevokeNetwork revoke:
                orders.RevokeNetwork(revoke.Address);
                break;
            case IommuFaultReport report:
                // Taking it makes room in the log for the next.
                state.Machine.Iommu.Faults.TryTake(out _);
                nucleus.RecordFault(report.Fault);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>A domain says what is no call or fault (guard <c>microkernel-orders</c>).
    /// </summary>
    private bool IsRefusedOrder(object message) =>
        message is CrossingMessage crossing && crossing.Kind != CrossingKind.SystemCall
        && crossing.Kind != CrossingKind.Exception
        && checksOrders && state.Domains.IsDomain(Island.From);

    private void Start(NucleusProtocol.StartThread start)
    {
        var context = start.Context;
        if (state.Domains.ByActor(Island.From) is not { } domain)
        {
            nucleus.RecordStray();
            return;
        }

        if (context.Owner.Ordinal != Island.From
            || (uint)context.Number >= (uint)domain.Places.Count
            || domain.Threads[context.Number] is not null
            || context.State != ContextState.Ready)
        {
            nucleus.RecordRefusedOrder();
            return;
        }

        // There is an endpoint for each thread and as much room for threads as for those.
        var place = domain.Places[context.Number];
        var number = state.Objects.Threads.NextNumber;
        var thread = new ThreadControlBlock(
            number, domain, start.Registers, place.Priority, place.Core)
        {
            Context = context,
            Returns = ReturnKind.Start,
            Bound = domain.Notifications[context.Number],
        };
        thread.Bound.Thread = thread;
        state.Objects.Threads.Add(number, thread);
        thread.Name = state.Objects.Threads.NameOf(number);
        domain.Threads[context.Number] = thread;
        state.Ipc.Woken.Add(thread);
        state.Scheduler.MakeReady(state.Machine.Cores[place.Core], state.Ipc.Woken, NowPs);
    }

    private void TakeTrap(bool isException)
    {
        var number = (int)Word;
        if (state.Domains.ByActor(Island.From) is not { } domain
            || (uint)number >= (uint)domain.Threads.Length
            || domain.Threads[number] is not { } thread)
        {
            nucleus.RecordStray();
            return;
        }

        thread.Registers.IsException = isException;
        switch (thread.State)
        {
            case ThreadStatus.Running when thread.Context!.Core is { } core:
                Serve(thread, core);
                break;
            case ThreadStatus.Ready:
                // It lost its core in the very instant in which it trapped.
                thread.HasDeferredTrap = true;
                break;
            default:
                // A thread that waits has no instruction to trap with.
                nucleus.RecordRefusedOrder();
                break;
        }
    }

    private void Serve(ThreadControlBlock thread, Core core)
    {
        var trappedPs = NowPs;
        var atPs = thread.Registers.IsException
            ? state.Work.TakeException(core, trappedPs) : state.Work.Enter(core, trappedPs);
        var call = thread.Registers.Call;
        switch (call)
        {
            case <= KernelCall.Acknowledge:
                ServeMessage(thread, core, atPs);
                break;
            case KernelCall.Yield:
                thread.Registers.Result = KernelResult.Done;
                thread.Returns = ReturnKind.Result;
                state.Scheduler.Yield(core, thread, atPs);
                break;
            case KernelCall.Exit:
                state.Scheduler.End(thread);
                state.Ipc.End(thread);
                state.Scheduler.FillCore(core.Number, atPs);
                break;
            default:
                atPs = state.Work.ServeCall(core, atPs);
                var result = capabilities.Serve(thread);
                thread.Registers.Result = result;
                thread.Returns = ReturnKind.Result;
                atPs = state.ChargeMemory(core, atPs);
                state.Options.Observer?.ControlCall(
                    NameOf(call), result != KernelResult.Done, trappedPs, atPs);
                state.Scheduler.Finish(core, thread, state.Ipc.Woken, atPs);
                break;
        }
    }

    private void ServeMessage(ThreadControlBlock thread, Core core, long atPs)
    {
        var result = messages.Serve(thread, out var hasMessage);
        if (result is not (KernelResult.Done or KernelResult.Blocked or KernelResult.NotWaiting))
            nucleus.RecordRefusedMessage(result);
        if (thread.State == ThreadStatus.Running)
        {
            thread.Registers.Result = result;
            thread.Returns = hasMessage ? ReturnKind.Message : ReturnKind.Result;
        }

        state.Scheduler.Finish(core, thread, state.Ipc.Woken, ChargeMessages(core, atPs));
    }

    private long ChargeMessages(Core core, long atPs)
    {
        var moved = state.Transfer.TakeMoved();
        for (; moved.Messages > 0; moved.Messages--)
            atPs = state.Work.PassMessage(core, atPs);
        atPs = state.Work.CopyRequests(core, moved.Requests, moved.RequestBytes, atPs);
        return state.Work.CopyAnswers(core, moved.Answers, moved.AnswerBytes, atPs);
    }

    private void TakeInterrupt(int core, long number)
    {
        if (number == InterruptVectors.RescheduleEvent)
        {
            state.Scheduler.Reschedule(core);
            return;
        }

        if (state.Objects.Interrupts.Find((uint)number)
            is not { Notification: { } notification } interrupt || !interrupt.Line.Fire())
            return;
        var atPs = state.Work.PassMessage(state.Machine.Cores[core], NowPs);
        state.Ipc.Signal(notification, interrupt.Bits);
        state.Scheduler.FinishInterrupt(state.Machine.Cores[core], state.Ipc.Woken, atPs);
    }

    /// <summary>A deadline: the core's timer has interrupted.</summary>
    private void Expire(ThreadControlBlock thread, int generation)
    {
        if (thread.State != ThreadStatus.Receiving || thread.WaitGeneration != generation)
            return;
        var core = state.Machine.Cores[thread.Core];
        var atPs = state.Work.TakeTimer(core, NowPs);
        state.Ipc.Expire(thread);
        state.Scheduler.FinishInterrupt(core, state.Ipc.Woken, atPs);
    }

    private static string NameOf(KernelCall call) => call switch
    {
        KernelCall.Mint => "mint",
        KernelCall.Revoke => "revoke",
        KernelCall.Delete => "delete",
        KernelCall.Map => "map",
        KernelCall.Unmap => "unmap",
        _ => "unknown",
    };
}
