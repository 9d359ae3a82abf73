using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;

namespace Disguise.Kernels.Microkernel.Threads;

/// <summary>
/// Who runs on which core: of the threads of a core the one of the highest priority, equals in
/// turns by time slices. A message hands the core from sender to receiver with what is left of
/// the slice and without a run queue, where both are of one core and nobody of a higher priority
/// waits (the direct switch of L4). A thread of another core is put into that core's queue, and
/// the core is interrupted where it runs something lower; an idle core waits for a write to
/// memory, so that only the sender's part costs.
/// </summary>
internal sealed class ThreadScheduler
{
    /// <summary>The vector by which one core tells another to look at its queue.</summary>
    public const int RescheduleVector = 47;

    private readonly Machine machine;
    private readonly IslandActorRef kernel;
    private readonly KernelWork work;
    private readonly long slicePs;
    private readonly ReadyQueues[] ready;
    private readonly ThreadControlBlock?[] running;
    private readonly long[] sliceStartPs;
    private readonly bool[] isArmed;

    /// <summary>A scheduler of a machine's cores.</summary>
    public ThreadScheduler(
        Machine machine, IslandActorRef kernel, KernelWork work, long slicePs)
    {
        this.machine = machine;
        this.kernel = kernel;
        this.work = work;
        this.slicePs = slicePs;
        ready = new ReadyQueues[machine.Cores.Length];
        for (var core = 0; core < ready.Length; core++)
            ready[core] = new ReadyQueues();
        running = new ThreadControlBlock?[ready.Length];
        sliceStartPs = new long[ready.Length];
        isArmed = new bool[ready.Length];
    }

    private Island Island => machine.Island;

    /// <summary>What runs on a core.</summary>
    public ThreadControlBlock? RunningOn(int core) => running[core];

    /// <summary>
    /// The kernel has served a thread's trap up to a time: that thread goes on, or one that it
    /// has woken, or the next.
    /// </summary>
    public void Finish(Core core, ThreadControlBlock caller, List<ThreadControlBlock> woken,
        long atPs)
    {
        var direct = Wake(core, woken, ref atPs);
        if (caller.State == ThreadStatus.Running)
        {
            if (direct is null || direct.Priority <= caller.Priority)
            {
                if (direct is not null)
                    atPs = Enqueue(core, direct, atPs);
                atPs = work.Return(core, atPs);
                SendReturn(caller, atPs);
                ArmIfNeeded(core);
                return;
            }

            core.Preempt(atPs);
            caller.State = ThreadStatus.Ready;
            ready[core.Number].AddFirst(caller);
            atPs = work.WakeUp(core, atPs);
        }
        else if (caller.State != ThreadStatus.Ended)
        {
            core.Preempt(atPs);
        }

        running[core.Number] = null;
        SwitchTo(core, direct, atPs);
    }

    /// <summary>An interrupt was handled up to a time, and has woken threads.</summary>
    public void FinishInterrupt(Core core, List<ThreadControlBlock> woken, long atPs)
    {
        if (Wake(core, woken, ref atPs) is not { } direct)
            return;
        if (running[core.Number] is not { } current)
        {
            Dispatch(core, direct, work.LeaveIdle(core, atPs), fromInterrupt: true);
            return;
        }

        if (direct.Priority <= current.Priority)
        {
            Enqueue(core, direct, atPs);
            ArmIfNeeded(core);
            return;
        }

        Interrupted(core, current);
        Dispatch(core, direct, atPs, fromInterrupt: true);
    }

    /// <summary>Another core has put a thread into this one's queue.</summary>
    public void Reschedule(int number)
    {
        var core = machine.Cores[number];
        if (running[number] is { } current)
        {
            if (ready[number].HighestPriority <= current.Priority)
            {
                ArmIfNeeded(core);
                return;
            }

            Interrupted(core, current);
        }

        // What ran has left the core between the interrupt and its being taken.
        DispatchNext(core, Island.NowPs, fromInterrupt: true);
    }

    /// <summary>A time slice ended: an equal that waits runs.</summary>
    public void EndSlice(int number)
    {
        isArmed[number] = false;
        var core = machine.Cores[number];
        if (running[number] is not { } current
            || ready[number].HighestPriority < current.Priority)
            return;
        core.Preempt(Island.NowPs);
        current.State = ThreadStatus.Ready;
        running[number] = null;
        ready[number].Add(current);
        DispatchNext(core, Island.NowPs, fromInterrupt: true);
    }

    /// <summary>The running thread lets an equal run, if one waits.</summary>
    public void Yield(Core core, ThreadControlBlock caller, long atPs)
    {
        if (ready[core.Number].HighestPriority < caller.Priority)
        {
            SendReturn(caller, work.Return(core, atPs));
            return;
        }

        core.Preempt(atPs);
        caller.State = ThreadStatus.Ready;
        running[core.Number] = null;
        ready[core.Number].Add(caller);
        DispatchNext(core, work.WakeUp(core, atPs));
    }

    /// <summary>
    /// Threads may run again that no thread's trap has woken: the kernel works on a core for
    /// somebody else.
    /// </summary>
    public void MakeReady(Core working, List<ThreadControlBlock> woken, long atPs) =>
        FinishInterrupt(working, woken, atPs);

    /// <summary>Ends a thread: it leaves its core or its queue.</summary>
    public void End(ThreadControlBlock thread)
    {
        if (thread.State == ThreadStatus.Ready && thread.Queue is not null)
            ready[thread.Core].Remove(thread);
        var runs = ReferenceEquals(running[thread.Core], thread);
        if (runs)
            running[thread.Core] = null;
        thread.Context?.Finish();
    }

    /// <summary>A core whose thread has ended runs the next one.</summary>
    public void FillCore(int number, long atPs)
    {
        if (running[number] is null)
            DispatchNext(machine.Cores[number], atPs);
    }

    /// <summary>
    /// Sorts woken threads out: those of other cores to their queues, of those of this core all
    /// but the highest too, which is returned.
    /// </summary>
    private ThreadControlBlock? Wake(
        Core core, List<ThreadControlBlock> woken, ref long atPs)
    {
        ThreadControlBlock? direct = null;
        foreach (var thread in woken)
        {
            if (thread.Core != core.Number)
            {
                atPs = WakeOnAnotherCore(core, thread, atPs);
                continue;
            }

            var lower = direct;
            if (direct is null || thread.Priority > direct.Priority)
                direct = thread;
            else
                lower = thread;
            if (lower is not null)
                atPs = Enqueue(core, lower, atPs);
        }

        woken.Clear();
        return direct;
    }

    private long WakeOnAnotherCore(Core core, ThreadControlBlock thread, long atPs)
    {
        var other = machine.Cores[thread.Core];
        atPs = work.WakeUp(core, atPs);
        ready[other.Number].Add(thread);
        var current = running[other.Number];
        if (current is not null && thread.Priority <= current.Priority)
        {
            ArmIfNeeded(other);
            return atPs;
        }

        atPs = work.InterruptCores(core, 1, atPs);
        if (current is null)
        {
            DispatchNext(other, work.LeaveIdle(other, atPs));
        }
        else
        {
            Island.Schedule(
                atPs, other.Actor, CoreProtocol.MessageSignaledInterrupt.Instance, kernel,
                RescheduleVector);
        }

        return atPs;
    }

    private long Enqueue(Core core, ThreadControlBlock thread, long atPs)
    {
        ready[core.Number].Add(thread);
        return work.WakeUp(core, atPs);
    }

    /// <summary>An interrupt takes the core from what runs, which is not done with its slice.
    /// </summary>
    private void Interrupted(Core core, ThreadControlBlock current)
    {
        core.Preempt(Island.NowPs);
        current.State = ThreadStatus.Ready;
        running[core.Number] = null;
        ready[core.Number].AddFirst(current);
    }

    private void SwitchTo(Core core, ThreadControlBlock? direct, long atPs)
    {
        if (direct is not null && direct.Priority >= ready[core.Number].HighestPriority)
        {
            Dispatch(core, direct, atPs);
            return;
        }

        if (direct is not null)
            atPs = Enqueue(core, direct, atPs);
        DispatchNext(core, atPs);
    }

    private void DispatchNext(Core core, long atPs, bool fromInterrupt = false)
    {
        if (ready[core.Number].Take() is not { } next)
        {
            Disarm(core);
            return;
        }

        sliceStartPs[core.Number] = atPs;
        Dispatch(core, next, work.Choose(core, atPs), fromInterrupt);
    }

    /// <param name="core">The core.</param>
    /// <param name="thread">Who gets it.</param>
    /// <param name="atPs">When.</param>
    /// <param name="fromInterrupt">
    /// Whether the kernel is left as from an interrupt, whose cost holds the return.
    /// </param>
    private void Dispatch(
        Core core, ThreadControlBlock thread, long atPs, bool fromInterrupt = false)
    {
        var space = thread.Domain.Space.Space;
        if (!ReferenceEquals(core.Mmu.Current, space))
            atPs = work.SwitchSpace(core, atPs);
        if (!fromInterrupt)
            atPs = work.Return(core, atPs);
        core.Mmu.Activate(space);
        running[core.Number] = thread;
        thread.State = ThreadStatus.Running;
        core.Dispatch(thread.Context!, atPs);
        ArmIfNeeded(core);
        if (thread.HasDeferredTrap)
        {
            thread.HasDeferredTrap = false;
            Island.Schedule(
                atPs, kernel, NucleusProtocol.DeferredTrap.Instance, kernel, thread.Name);
            return;
        }

        SendReturn(thread, atPs);
    }

    private void SendReturn(ThreadControlBlock thread, long atPs)
    {
        object? message = thread.Returns switch
        {
            ReturnKind.Start => NucleusProtocol.Started.Instance,
            ReturnKind.Result => thread.ResultMessage,
            ReturnKind.Message => thread.IpcMessage,
            _ => null,
        };
        thread.Returns = ReturnKind.Nothing;
        if (message is not null)
        {
            Island.Schedule(
                atPs, thread.Context!.Owner, message, kernel, thread.Context.Number);
        }
    }

    /// <summary>Slices end only where an equal waits.</summary>
    private void ArmIfNeeded(Core core)
    {
        var number = core.Number;
        if (isArmed[number] || running[number] is not { } current
            || ready[number].HighestPriority != current.Priority)
            return;
        isArmed[number] = true;
        core.ArmTimer(Math.Max(Island.NowPs, sliceStartPs[number] + slicePs));
    }

    private void Disarm(Core core)
    {
        if (!isArmed[core.Number])
            return;
        isArmed[core.Number] = false;
        core.DisarmTimer();
    }
}
