using System.Numerics;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Kernels.Monolithic.Execution;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.Scheduling;

/// <summary>
/// The scheduler: a run queue a core, the task that has run least is next, a slice ends only
/// where somebody waits (Linux' completely fair scheduler). Who wakes is placed on the core where
/// it ran, or on an idle one; a core that runs out of work takes some from the longest queue.
/// </summary>
internal sealed class FairScheduler
{
    private readonly Machine machine;
    private readonly IslandActorRef kernel;
    private readonly KernelExecution execution;
    private readonly long latencyPs;
    private readonly long granularityPs;
    private readonly long wakeUpGranularityPs;
    private readonly long? fixedSlicePs;

    public FairScheduler(
        Machine machine, IslandActorRef kernel, KernelExecution execution,
        MonolithicOptions options)
    {
        this.machine = machine;
        this.kernel = kernel;
        this.execution = execution;
        // SCHED_TUNABLESCALING_LOG: the times grow with the logarithm of the cores, up to 8.
        var scale = 1 + BitOperations.Log2((uint)Math.Min(8, machine.Cores.Length));
        latencyPs = options.SchedulingLatencyPs * scale;
        granularityPs = options.MinimumGranularityPs * scale;
        wakeUpGranularityPs = options.WakeUpGranularityPs * scale;
        fixedSlicePs = options.SlicePs;
        Cores = new CoreState[machine.Cores.Length];
        for (var number = 0; number < Cores.Length; number++)
            Cores[number] = new CoreState(machine.Cores[number]);
    }

    /// <summary>The cores.</summary>
    public CoreState[] Cores { get; }

    private long NowPs => machine.Island.NowPs;

    /// <summary>Counts the step that a task takes next, at its own clock.</summary>
    public void ContinueAtClock(KernelTask task)
    {
        var word = ((long)task.Number << 32) | (uint)++task.Generation;
        machine.Island.Schedule(
            task.Context.ClockPs, kernel, MonolithicProtocol.TaskStep.Instance, kernel, word);
    }

    /// <summary>
    /// Has a task take its step, now or at its clock, if it has a core; else when it has one.
    /// </summary>
    public void Proceed(KernelTask task)
    {
        if (task.State != TaskState.Running)
            return;
        if (task.Context.ClockPs > NowPs)
        {
            ContinueAtClock(task);
            return;
        }

        execution.WorkIn(task.Context);
        task.Continue();
    }

    /// <summary>
    /// Makes a sleeping task ready, from where the kernel works now and at its clock.
    /// </summary>
    public void Wake(KernelTask task)
    {
        if (task.State != TaskState.Sleeping)
            return;
        execution.Charge(ProfileCosts.SchedulerWakeUp);
        Enqueue(task);
    }

    /// <summary>Starts a new task.</summary>
    public void Start(KernelTask task)
    {
        task.RuntimePs = Cores[task.Core].Queue.MinimumRuntimePs;
        Enqueue(task);
    }

    /// <summary>The task at work sleeps from its clock on: its core goes to the next one.
    /// </summary>
    public void Sleep(KernelTask task)
    {
        var core = Cores[task.Core];
        LeaveCore(core, TaskState.Sleeping);
        DispatchNext(core, execution.ClockPs);
    }

    /// <summary>The task at work lets another one run, if any waits.</summary>
    public void Yield(KernelTask task)
    {
        var core = Cores[task.Core];
        core.NeedsReschedule = false;
        if (core.Queue.Count == 0)
        {
            Proceed(task);
            return;
        }

        var atPs = execution.ClockPs;
        LeaveCore(core, TaskState.Ready);
        core.Queue.Add(task);
        DispatchNext(core, atPs);
    }

    /// <summary>Ends a task, wherever it is.</summary>
    public void Stop(KernelTask task)
    {
        var core = Cores[task.Core];
        var state = task.State;
        task.State = TaskState.Ended;
        task.Generation++;
        if (state == TaskState.Ready)
            core.Queue.Remove(task);
        task.Context.Finish();
        if (state != TaskState.Running)
            return;
        core.Running = null;
        if (!core.Softirq.IsInterrupting)
            DispatchNext(core, NowPs);
    }

    /// <summary>
    /// A core that is not in an interrupt looks whether somebody else should run. The time is the
    /// island's.
    /// </summary>
    public void Reschedule(CoreState core)
    {
        if (core.Softirq.IsInterrupting || core.Softirq.IsThreadAtWork(core.Running))
            return;
        if (core.Running is null)
        {
            DispatchNext(core, NowPs);
            return;
        }

        if (!core.NeedsReschedule)
            return;
        core.NeedsReschedule = false;
        if (core.Queue.Count == 0)
            return;
        var task = core.Running;
        LeaveCore(core, TaskState.Ready);
        core.Queue.Add(task);
        DispatchNext(core, NowPs);
    }

    /// <summary>The slice of who runs on a core has ended.</summary>
    public void EndSlice(CoreState core)
    {
        core.Timer.SetSliceEnd(Picoseconds.Never, NowPs);
        if (core.Running is null || core.Queue.Count == 0)
            return;
        Count(core);
        core.NeedsReschedule = true;
        Reschedule(core);
    }

    /// <summary>
    /// Makes a core one tenant's own: whoever may run elsewhere leaves it. False when somebody may
    /// not.
    /// </summary>
    public bool TryOwn(CoreState core)
    {
        if (core.IsOwned || core.PinnedCount > 0)
            return false;
        core.IsOwned = true;
        if (core.Running is { Affinity: KernelTask.AnyCore } running)
        {
            LeaveCore(core, TaskState.Ready);
            Enqueue(running);
        }

        for (var index = core.Queue.Count - 1; index >= 0; index--)
        {
            var task = core.Queue[index];
            if (task.Affinity != KernelTask.AnyCore)
                continue;
            core.Queue.Remove(task);
            Enqueue(task);
            index = core.Queue.Count;
        }

        return true;
    }

    /// <summary>A core that nobody owns, idle if there is one; -1 where there is none.</summary>
    public int AnySharedCore()
    {
        var chosen = -1;
        foreach (var core in Cores)
        {
            if (core.IsOwned)
                continue;
            if (core.Running is null && core.Queue.Count == 0)
                return core.Number;
            if (chosen < 0 || core.Queue.Count < Cores[chosen].Queue.Count)
                chosen = core.Number;
        }

        return chosen;
    }

    private void Enqueue(KernelTask task)
    {
        var core = Cores[PlaceOf(task)];
        Count(core);
        core.Queue.Advance(core.Running);
        if (task.Core != core.Number)
        {
            // Each queue counts from a time of its own.
            task.RuntimePs += core.Queue.MinimumRuntimePs
                - Cores[task.Core].Queue.MinimumRuntimePs;
        }

        // Who slept is put half a latency behind, so that it runs soon but is owed no more.
        task.RuntimePs = Math.Max(
            task.RuntimePs, core.Queue.MinimumRuntimePs - (latencyPs / 2));
        task.Core = core.Number;
        task.State = TaskState.Ready;
        core.Queue.Add(task);
        if (core.Running is { } running)
        {
            if (running.RuntimePs - task.RuntimePs > wakeUpGranularityPs)
                core.NeedsReschedule = true;
            else
                ArmSlice(core);
        }

        Tell(core);
    }

    /// <summary>Has a core look, unless it will do so anyway when its interrupt ends.</summary>
    private void Tell(CoreState core)
    {
        if (core.Running is not null && !core.NeedsReschedule)
            return;
        var isHere = core.Core == execution.Core;
        if (isHere
            && (core.Softirq.IsInterrupting || core.Softirq.IsThreadAtWork(core.Running)))
        {
            return;
        }

        if (!isHere)
        {
            var fromPs = execution.ClockPs;
            execution.Charge(HardwareCosts.InterProcessorInterrupt);
            // What waits for the other core waits for this.
            machine.Requests?.CoreOccupied(
                core.Core, machine.KernelAccount.Who, HardwareCosts.InterProcessorInterrupt.Name,
                1, fromPs, execution.ClockPs - fromPs);
        }

        machine.Island.Schedule(
            execution.ClockPs, kernel, MonolithicProtocol.Reschedule.Instance, kernel,
            core.Number);
    }

    private int PlaceOf(KernelTask task)
    {
        if (task.Affinity != KernelTask.AnyCore)
            return task.Affinity;
        var last = Cores[task.Core];
        if (!last.IsOwned && last.Running is null && last.Queue.Count == 0)
            return last.Number;
        var other = AnySharedCore();
        if (other < 0)
            throw new InvalidOperationException("a task without a core of its own has none");
        var isIdle = Cores[other].Running is null && Cores[other].Queue.Count == 0;
        return isIdle || last.IsOwned ? other : last.Number;
    }

    private void LeaveCore(CoreState core, TaskState state)
    {
        Count(core);
        core.Core.Preempt(NowPs);
        core.Running!.State = state;
        core.Running.Generation++;
        core.Running = null;
    }

    private void Count(CoreState core)
    {
        if (core.Running is not { } running)
            return;
        var ranPs = NowPs - running.CountedPs;
        if (ranPs > 0)
        {
            running.RuntimePs += ranPs;
            running.CountedPs = NowPs;
        }

        core.Queue.Advance(running);
    }

    private void DispatchNext(CoreState core, long atPs)
    {
        if (core.Queue.Count == 0)
            Balance(core);
        if (core.Queue.Count == 0)
        {
            core.IsIdle = true;
            core.NeedsReschedule = false;
            core.Timer.SetSliceEnd(Picoseconds.Never, NowPs);
            return;
        }

        Dispatch(core, core.Queue.TakeFirst(), atPs);
    }

    /// <summary>A core without work takes some from the longest queue.</summary>
    private void Balance(CoreState core)
    {
        if (core.IsOwned)
            return;
        CoreState? longest = null;
        foreach (var other in Cores)
        {
            if (!other.IsOwned && other.Queue.Count > (longest?.Queue.Count ?? 0))
                longest = other;
        }

        for (var index = 0; index < (longest?.Queue.Count ?? 0); index++)
        {
            var task = longest!.Queue[index];
            if (task.Affinity != KernelTask.AnyCore)
                continue;
            longest.Queue.Remove(task);
            task.RuntimePs += core.Queue.MinimumRuntimePs - longest.Queue.MinimumRuntimePs;
            task.Core = core.Number;
            core.Queue.Add(task);
            return;
        }
    }

    private void Dispatch(CoreState core, KernelTask task, long atPs)
    {
        execution.WorkOn(core.Core, Math.Max(atPs, NowPs));
        if (core.IsIdle)
            execution.Charge(CoreStateCosts.IdleLeave);
        core.IsIdle = false;
        execution.Charge(ProfileCosts.SchedulerDispatch);
        if (task.Space is { } space && !ReferenceEquals(core.Core.Mmu.Current, space))
        {
            execution.Charge(HardwareCosts.AddressSpaceSwitch);
            core.Core.Mmu.Activate(space);
        }

        core.NeedsReschedule = false;
        core.Running = task;
        task.State = TaskState.Running;
        core.Core.Dispatch(task.Context, execution.ClockPs);
        task.CountedPs = execution.ClockPs;
        core.SliceStartPs = execution.ClockPs;
        core.Timer.SetSliceEnd(Picoseconds.Never, NowPs);
        if (core.Queue.Count > 0)
            ArmSlice(core);
        task.Dispatched();
        if (task.IsInKernel)
            ContinueAtClock(task);
    }

    private void ArmSlice(CoreState core)
    {
        if (core.Timer.SliceEndPs != Picoseconds.Never)
            return;
        var slicePs = fixedSlicePs
            ?? Math.Max(granularityPs, latencyPs / (core.Queue.Count + 1));
        core.Timer.SetSliceEnd(Math.Max(NowPs, core.SliceStartPs + slicePs), NowPs);
    }
}
