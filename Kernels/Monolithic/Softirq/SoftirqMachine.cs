using Disguise.Kernels.Monolithic.Network;
using Disguise.Kernels.Monolithic.Scheduling;

namespace Disguise.Kernels.Monolithic.Softirq;

/// <summary>
/// The soft interrupt of one core: polls the core's queue pair while its interrupt is off (NAPI),
/// and sends what timers say is due. A step works on one packet, so that what arrives meanwhile is
/// seen; the packet's effects are the beginning of the next step.
/// <code>
///   Off:          an interrupt or a timer                              to Interrupting
///   Interrupting: nothing is left: the interrupt is on again           to Off
///                 a pass of 320 packets ended, 10 passes in a row      to Thread
///   Thread:       as before, in ksoftirqd, which the scheduler runs
///                 among the processes, and lets others run after
///                 10 passes, or after each (<see cref="SoftirqSharing"/>)
///                 a process leaves a section in which soft interrupts
///                 wait, and shares the work                            to Interrupting
///                 nothing is left                                      to Off
/// </code>
/// </summary>
internal sealed class SoftirqMachine(KernelServices kernel, CoreState core, QueuePair queue)
{
    private readonly List<PendingDelivery> pending = new(1);
    private Mode mode;
    private int inPass;
    private int sinceCleaned;
    private int passes;
    private bool isLeaving;

    private enum Mode : byte
    {
        Off,
        Interrupting,
        Thread,
    }

    /// <summary>Its queue pair.</summary>
    public QueuePair Queue => queue;

    /// <summary>The thread that takes over.</summary>
    public SoftirqThread Thread { get; set; } = null!;

    /// <summary>Whether it has the core, in front of all tasks.</summary>
    public bool IsInterrupting => mode == Mode.Interrupting;

    /// <summary>
    /// Whether a process has to work before it goes on, where anybody does: it left a section in
    /// which soft interrupts wait (<c>local_bh_enable</c>).
    /// </summary>
    public bool IsPendingForProcess => mode == Mode.Thread
        && kernel.Options.SoftirqSharing == SoftirqSharing.Anybody;

    /// <summary>Times that the thread had to take over.</summary>
    public long HandOverCount { get; private set; }

    /// <summary>Whether the thread runs, in a pass that it does not interrupt.</summary>
    public bool IsThreadAtWork(KernelTask? running) =>
        mode == Mode.Thread && ReferenceEquals(running, Thread);

    /// <summary>The device has interrupted, and its interrupt is off.</summary>
    public void TakeInterrupt()
    {
        queue.IsPolled = true;
        if (core.Running is null && mode == Mode.Off && core.IsIdle)
            core.IsAfterIdle = true;
        Raise();
    }

    /// <summary>There is something to do, on a core that an interrupt has entered now.</summary>
    public void Raise()
    {
        if (mode != Mode.Off)
            return;
        mode = Mode.Interrupting;
        passes = 0;
        inPass = 0;
        Step();
    }

    /// <summary>
    /// A process does the work that is pending, in front of what it does itself; its context is in
    /// sync and has the core.
    /// </summary>
    public void RunInProcess()
    {
        mode = Mode.Interrupting;
        passes = 0;
        inPass = 0;
        Step();
    }

    /// <summary>Goes on in the interrupt.</summary>
    public void Step()
    {
        if (mode != Mode.Interrupting)
            throw new InvalidOperationException($"a soft interrupt in mode {mode} goes on");
        kernel.Execution.WorkOn(core.Core, kernel.NowPs);
        Work();
    }

    /// <summary>
    /// Goes on in the thread, which is in sync; a process may have left it nothing to do.
    /// </summary>
    public void StepInThread()
    {
        if (mode == Mode.Thread)
            Work();
        else
            kernel.Scheduler.Sleep(Thread);
    }

    private void Work()
    {
        if (isLeaving)
        {
            isLeaving = false;
            Leave();
            return;
        }

        if (pending.Count > 0)
        {
            var due = pending[0];
            pending.RemoveAt(0);
            kernel.Receive.Deliver(queue, due);
            if (pending.Count > 0)
            {
                Again();
                return;
            }
        }

        if (inPass >= kernel.Options.PollBudget && inPass % kernel.Options.PollWeight == 0)
            EndPass();
        else
            WorkOnNext();
    }

    private void WorkOnNext()
    {
        var execution = kernel.Execution;
        if (kernel.Transmit.IsDue(core.Number))
        {
            if (execution.ClockPs == kernel.NowPs && kernel.Transmit.TrySendDue(core.Number))
                inPass++;
            Again();
            return;
        }

        if (!queue.IsPolled)
        {
            LeaveAtClock();
            return;
        }

        if (queue.Driver.HasPacket)
        {
            inPass++;
            var isAfterIdle = core.IsAfterIdle;
            core.IsAfterIdle = false;
            kernel.Receive.Take(queue, isAfterIdle, pending);
            if (++sinceCleaned >= kernel.Options.PollWeight)
                Clean();
            else
                Refill();
            Again();
            return;
        }

        if (execution.ClockPs > kernel.NowPs)
        {
            // The last packet's effects took time: something may have come meanwhile.
            Again();
            return;
        }

        // What comes from now on interrupts, and what came since the look above does so at once.
        Clean();
        queue.IsPolled = false;
        core.IsAfterIdle = false;
        queue.Driver.ArmDoorbell();
        LeaveAtClock();
    }

    /// <summary>Takes back what was sent, and sends what waited for room.</summary>
    private void Clean()
    {
        sinceCleaned = 0;
        if (!queue.IsStopped)
        {
            queue.Driver.Replenish();
            if (queue.Driver.HasNews)
                queue.Driver.TellDevice();
            return;
        }

        // Taking back what was sent needs no lock: only the poller of the queue does so.
        kernel.Transmit.Clean(queue);
        if (!queue.IsStopped)
            kernel.Device.SetTransmitInterrupt(queue, false);
    }

    private void Refill()
    {
        queue.Driver.ReplenishIfDue();
        if (queue.Driver.HasNews)
            queue.Driver.TellDevice();
    }

    private void EndPass()
    {
        var isLast = passes + 1 >= kernel.Options.RestartLimit;
        if (mode == Mode.Thread)
        {
            EndPassOfThread(isLast
                || kernel.Options.SoftirqSharing == SoftirqSharing.ThreadOnly);
            return;
        }

        inPass = 0;
        passes++;
        if (!isLast)
        {
            WorkOnNext();
            return;
        }

        // Enough: the rest is for a thread, which others can compete with.
        HandOverCount++;
        mode = Mode.Thread;
        passes = 0;
        kernel.Scheduler.Wake(Thread);
        kernel.RescheduleAtClock(core);
    }

    private void EndPassOfThread(bool looks)
    {
        if (kernel.Execution.ClockPs > kernel.NowPs)
        {
            Again();
            return;
        }

        inPass = 0;
        passes = looks ? 0 : passes + 1;
        if (looks && core.NeedsReschedule)
            kernel.Scheduler.Yield(Thread);
        else
            WorkOnNext();
    }

    private void LeaveAtClock()
    {
        if (kernel.Execution.ClockPs > kernel.NowPs)
        {
            isLeaving = true;
            Again();
            return;
        }

        Leave();
    }

    private void Leave()
    {
        if (queue.IsPolled || kernel.Transmit.IsDue(core.Number))
        {
            // An interrupt or a timer came while this one ended.
            WorkOnNext();
            return;
        }

        var wasThread = mode == Mode.Thread;
        mode = Mode.Off;
        if (wasThread)
            kernel.Scheduler.Sleep(Thread);
        else
            kernel.Scheduler.Reschedule(core);
    }

    private void Again()
    {
        if (mode == Mode.Thread)
            kernel.Scheduler.ContinueAtClock(Thread);
        else
            kernel.StepAtClock(core);
    }
}
