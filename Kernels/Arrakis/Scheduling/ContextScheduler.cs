using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Arrakis.Scheduling;

/// <summary>
/// The kernel's scheduler for what does not run: a context that waits for a doorbell gives its
/// core up and is made ready when the doorbell rings (Arrakis, TOCS 2015, section 3.6). It works
/// on the core concerned; two cores may schedule at once.
/// </summary>
internal sealed class ContextScheduler
{
    private readonly Machine machine;
    private readonly IslandActorRef kernel;
    private readonly RunQueues queues;
    private readonly long slicePs;
    private readonly Dictionary<CpuContext, Placed> placed = [];

    public ContextScheduler(Machine machine, IslandActorRef kernel, long slicePs)
    {
        this.machine = machine;
        this.kernel = kernel;
        this.slicePs = slicePs;
        queues = new RunQueues(machine.Cores.Length);
    }

    public RunQueues Queues => queues;

    private Island Island => machine.Island;

    /// <summary>A new context: gets its own core, or is ready for a shared one.</summary>
    public void Start(CpuContext context, AddressSpace space, int affinity)
    {
        placed.Add(context, new Placed(space, affinity));
        MakeReady(context, affinity, affinity);
    }

    /// <summary>A doorbell rang for a context that did not take the interrupt itself.</summary>
    public void RingDoorbell(CpuContext context, int interruptedCore)
    {
        if (!placed.TryGetValue(context, out var place))
            return;
        var core = machine.Cores[interruptedCore];
        var atPs = Work(core, ProfileCosts.SchedulerWakeUp);
        if (context.State != ContextState.Blocked)
        {
            place.HasRung = true;
            return;
        }

        var halted = context.Core is not null;
        context.Wake(atPs);
        if (halted)
            return;
        MakeReady(context, place.Affinity, interruptedCore);
    }

    /// <summary>A context waits for a doorbell: its core goes to the next one.</summary>
    public void Wait(CpuContext context)
    {
        var place = placed[context];
        var core = CoreOf(context);
        var atPs = Work(core, HardwareCosts.Trap);
        if (place.HasRung)
        {
            place.HasRung = false;
            atPs = Work(core, HardwareCosts.TrapReturn);
            context.Wake(atPs);
            SendDispatched(context, atPs);
            return;
        }

        if (queues.IsOwned(core.Number))
            return;
        Release(core);
    }

    /// <summary>A context lets the next one run.</summary>
    public void Yield(CpuContext context)
    {
        var core = CoreOf(context);
        var atPs = Work(core, HardwareCosts.Trap);
        if (!queues.HasWaiting(core.Number))
        {
            atPs = Work(core, HardwareCosts.TrapReturn);
            context.Wake(atPs);
            SendDispatched(context, atPs);
            return;
        }

        context.Wake(atPs);
        Rotate(core);
    }

    /// <summary>A time slice ended.</summary>
    public void EndSlice(int number)
    {
        var core = machine.Cores[number];
        if (core.Current is null)
            return;
        if (queues.HasWaiting(number))
            Rotate(core);
        else
            core.ArmTimer(Island.NowPs + slicePs);
    }

    /// <summary>A context has ended, or its domain has: it gives up its core.</summary>
    public void Remove(CpuContext context)
    {
        placed.Remove(context);
        var core = context.Core;
        context.Finish();
        if (core is null)
            return;
        core.DisarmTimer();
        if (queues.IsOwned(core.Number))
        {
            core.IsExclusive = false;
            queues.GiveBack(core.Number);
            return;
        }

        DispatchNext(core);
    }

    private static Core CoreOf(CpuContext context) => context.Core
        ?? throw new InvalidOperationException("a context without a core calls the kernel");

    private long Work(Core core, Actors.Ledgers.CostKey key) =>
        core.DoKernelWork(machine.KernelAccount, key, 1, Island.NowPs);

    private void MakeReady(CpuContext context, int affinity, int preferredCore)
    {
        if (affinity != RunQueues.AnyCore && queues.IsOwned(affinity))
        {
            var own = machine.Cores[affinity];
            own.IsExclusive = true;
            Dispatch(own, context);
            return;
        }

        var number = queues.Ready(context, affinity, preferredCore);
        if (number < 0)
            return;
        if (preferredCore >= 0 && number != preferredCore)
            Work(machine.Cores[preferredCore], HardwareCosts.InterProcessorInterrupt);
        Dispatch(machine.Cores[number], context);
    }

    private void Rotate(Core core)
    {
        var context = core.Preempt(Island.NowPs)
            ?? throw new InvalidOperationException("nothing runs where a slice ends");
        var next = queues.Next(core.Number)
            ?? throw new InvalidOperationException("nothing waits where a slice ends");
        // Behind all that wait: the core is taken, so this never dispatches at once.
        queues.Ready(context, placed[context].Affinity, -1);
        Dispatch(core, next);
    }

    private void Release(Core core)
    {
        core.DisarmTimer();
        core.Preempt(Island.NowPs);
        DispatchNext(core);
    }

    private void DispatchNext(Core core)
    {
        if (queues.Next(core.Number) is { } next)
            Dispatch(core, next);
    }

    private void Dispatch(Core core, CpuContext context)
    {
        var place = placed[context];
        Work(core, ProfileCosts.SchedulerDispatch);
        if (!ReferenceEquals(core.Mmu.Current, place.Space))
            Work(core, HardwareCosts.AddressSpaceSwitch);
        var atPs = Work(core, HardwareCosts.TrapReturn);
        core.Mmu.Activate(place.Space);
        core.Dispatch(context, atPs);
        SendDispatched(context, atPs);
        if (!queues.IsOwned(core.Number))
            core.ArmTimer(atPs + slicePs);
    }

    private void SendDispatched(CpuContext context, long atPs) => Island.Schedule(
        atPs, context.Owner, ArrakisProtocol.Dispatched.Instance, kernel, context.Number);

    private sealed class Placed(AddressSpace space, int affinity)
    {
        public AddressSpace Space { get; } = space;

        public int Affinity { get; } = affinity;

        public bool HasRung { get; set; }
    }
}
