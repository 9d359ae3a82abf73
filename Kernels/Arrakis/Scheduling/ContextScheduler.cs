using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;

namespace Disguise.Kernels.Arrakis.Scheduling;

/// <summary>
/// The kernel's scheduler for what does not run: a context that waits for a doorbell gives its
/// core up and is made ready when the doorbell rings (Arrakis, TOCS 2015, section 3.6). It works
/// on the core concerned, so two cores may schedule at once. A slice ends only where somebody
/// waits for the core; an own core has none.
/// </summary>
internal sealed class ContextScheduler
{
    private readonly Machine machine;
    private readonly IslandActorRef kernel;
    private readonly KernelWork work;
    private readonly long slicePs;
    private readonly long[] sliceStartPs;
    private readonly bool[] isArmed;

    public ContextScheduler(
        Machine machine, IslandActorRef kernel, KernelWork work, long slicePs)
    {
        this.machine = machine;
        this.kernel = kernel;
        this.work = work;
        this.slicePs = slicePs;
        Queues = new RunQueues(machine.Cores.Length);
        sliceStartPs = new long[machine.Cores.Length];
        isArmed = new bool[machine.Cores.Length];
    }

    /// <summary>Who runs where.</summary>
    public RunQueues Queues { get; }

    private Island Island => machine.Island;

    /// <summary>An own core goes back to all.</summary>
    public void GiveBack(int core)
    {
        machine.Cores[core].IsExclusive = false;
        Queues.GiveBack(core);
        DispatchNext(machine.Cores[core], Island.NowPs);
    }

    /// <summary>A new context: gets its own core, or is ready for a shared one.</summary>
    public void Start(ScheduledContext context) => MakeReady(context, -1, Island.NowPs);

    /// <summary>A doorbell rang for a context that did not take the interrupt itself.</summary>
    public void RingDoorbell(ScheduledContext context, int interruptedCore)
    {
        var cpu = context.Context;
        if (cpu.State == ContextState.Finished)
            return;
        var atPs = work.WakeUp(machine.Cores[interruptedCore], Island.NowPs);
        if (cpu.State != ContextState.Blocked)
        {
            context.HasRung = true;
            return;
        }

        var keepsCore = cpu.Core is not null;
        cpu.Wake(atPs);
        if (!keepsCore)
            MakeReady(context, interruptedCore, atPs);
    }

    /// <summary>A context waits for a doorbell: its core goes to the next one.</summary>
    public void Wait(ScheduledContext context)
    {
        var cpu = context.Context;
        if (cpu.Core is not { } core)
        {
            // It lost its core in the instant of its call.
            if (context.HasRung && cpu.State == ContextState.Blocked)
            {
                context.HasRung = false;
                cpu.Wake(Island.NowPs);
                MakeReady(context, -1, Island.NowPs);
            }

            return;
        }

        var atPs = work.Enter(core, Island.NowPs);
        if (context.HasRung || cpu.State != ContextState.Blocked)
        {
            // A doorbell rang before, or between the call and the kernel's taking note of it.
            context.HasRung = false;
            ReturnTo(context, core, atPs);
            return;
        }

        // On an own core it halts, and its doorbells reach it without the kernel.
        if (Queues.IsOwned(core.Number))
            return;
        core.Preempt(Island.NowPs);
        LeaveCore(core, atPs);
    }

    /// <summary>A context lets the next one run.</summary>
    public void Yield(ScheduledContext context)
    {
        var cpu = context.Context;
        if (cpu.Core is not { } core)
        {
            if (cpu.Wake(Island.NowPs))
                MakeReady(context, -1, Island.NowPs);
            return;
        }

        var atPs = work.Enter(core, Island.NowPs);
        if (Queues.TakeNext(core.Number) is not { } next)
        {
            ReturnTo(context, core, atPs);
            return;
        }

        cpu.Wake(atPs);
        Replace(core, next, atPs);
    }

    /// <summary>A time slice ended.</summary>
    public void EndSlice(int number)
    {
        isArmed[number] = false;
        var core = machine.Cores[number];
        if (core.Current is not null && Queues.TakeNext(number) is { } next)
            Replace(core, next, Island.NowPs);
    }

    /// <summary>Ends a context and says which core it leaves; its core runs nothing then.
    /// </summary>
    public Core? Stop(ScheduledContext context)
    {
        var core = context.Context.Core;
        context.Context.Finish();
        context.Deferred = null;
        if (core is not null)
            Queues.Leave(core.Number);
        return core;
    }

    /// <summary>Runs the next context on a core that another one has left.</summary>
    public void LeaveCore(Core core, long atPs)
    {
        Queues.Leave(core.Number);
        DispatchNext(core, atPs);
    }

    /// <summary>What runs on a core goes to another one.</summary>
    public void Evict(int number)
    {
        if (Queues.RunningOn(number) is not { } context)
            return;
        var core = machine.Cores[number];
        core.Preempt(Island.NowPs);
        Queues.Leave(number);
        Disarm(core);
        if (context.Context.State == ContextState.Ready)
            MakeReady(context, -1, Island.NowPs);
    }

    private void ReturnTo(ScheduledContext context, Core core, long atPs)
    {
        atPs = work.Return(core, atPs);
        context.Context.Wake(atPs);
        SendDispatched(context, atPs);
    }

    private void MakeReady(ScheduledContext context, int interruptedCore, long atPs)
    {
        var number = Queues.IdleCoreFor(context, interruptedCore);
        if (number < 0)
        {
            Queues.Enqueue(context);
            ArmSlices(context.Affinity);
            return;
        }

        // An idle core waits for a write to memory, so that only the sender's part costs.
        if (interruptedCore >= 0 && number != interruptedCore)
            atPs = work.InterruptCores(machine.Cores[interruptedCore], 1, atPs);
        Dispatch(machine.Cores[number], context, atPs);
    }

    private void Replace(Core core, ScheduledContext next, long atPs)
    {
        var context = Queues.RunningOn(core.Number)
            ?? throw new InvalidOperationException($"core {core.Number} runs what nobody knows");
        core.Preempt(atPs);
        Queues.Leave(core.Number);
        // Who halts without a call is not ready: its doorbell makes it so.
        if (context.Context.State == ContextState.Ready)
            Queues.Enqueue(context);
        Dispatch(core, next, atPs);
    }

    private void DispatchNext(Core core, long atPs)
    {
        if (Queues.IsIdle(core.Number) && Queues.TakeNext(core.Number) is { } next)
            Dispatch(core, next, atPs);
        else
            Disarm(core);
    }

    private void Dispatch(Core core, ScheduledContext context, long atPs)
    {
        Queues.Run(context, core.Number);
        var space = context.Tenant.Space;
        atPs = work.Choose(core, atPs);
        if (!ReferenceEquals(core.Mmu.Current, space))
            atPs = work.SwitchSpace(core, atPs);
        atPs = work.Return(core, atPs);
        core.Mmu.Activate(space);
        core.IsExclusive = Queues.IsOwned(core.Number);
        core.Dispatch(context.Context, atPs);
        sliceStartPs[core.Number] = atPs;
        Disarm(core);
        if (Queues.HasWaiting(core.Number))
            Arm(core);
        SendDispatched(context, atPs);
        if (context.Deferred is not null)
        {
            Island.Schedule(
                atPs, kernel, DeferredCall.Instance, context.Context.Owner,
                context.Context.Number);
        }
    }

    private void SendDispatched(ScheduledContext context, long atPs) => Island.Schedule(
        atPs, context.Context.Owner, ArrakisProtocol.Dispatched.Instance, kernel,
        context.Context.Number);

    private void ArmSlices(int affinity)
    {
        if (affinity != RunQueues.AnyCore)
        {
            Arm(machine.Cores[affinity]);
            return;
        }

        foreach (var core in machine.Cores)
        {
            if (Queues.IsShared(core.Number))
                Arm(core);
        }
    }

    private void Arm(Core core)
    {
        if (isArmed[core.Number] || Queues.IsOwned(core.Number) || Queues.IsIdle(core.Number))
            return;
        isArmed[core.Number] = true;
        core.ArmTimer(Math.Max(Island.NowPs, sliceStartPs[core.Number] + slicePs));
    }

    private void Disarm(Core core)
    {
        if (!isArmed[core.Number])
            return;
        isArmed[core.Number] = false;
        core.DisarmTimer();
    }
}
