using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary><c>fork</c>, <c>wait4</c>, <c>kill</c> and <c>pause</c>.</summary>
internal sealed class ProcessCalls(KernelServices kernel, SystemCallTable table)
{
    private const long MostSignals = 64;

    private readonly ProcessForks forks = new(kernel);

    /// <summary><c>fork()</c>: the child's number.</summary>
    public void Fork(ProcessTask task)
    {
        kernel.Execution.Charge(ProfileCosts.ControlPlaneCall);
        var calledPs = kernel.NowPs;
        var child = task.Call!.Child;
        var result = child is null
            ? -(long)ErrorNumber.InvalidArgument : forks.Fork(task.Process, child);
        table.Return(task, result);
        SocketCalls.Report(kernel, "fork", result, calledPs);
    }

    /// <summary><c>wait4(process)</c>.</summary>
    public void Wait(ProcessTask task)
    {
        kernel.Execution.Charge(ProfileCosts.ControlPlaneCall);
        if (ChildOf(task) is null)
        {
            table.Return(task, ErrorNumber.NoChild);
            return;
        }

        task.Phase = CallPhase.Child;
        kernel.Scheduler.ContinueAtClock(task);
    }

    /// <summary><c>kill(process, signal)</c>: to whoever may be signalled, any process here.
    /// </summary>
    public void Kill(ProcessTask task)
    {
        kernel.Execution.Charge(LocalCommunicationCosts.SignalSend);
        var call = task.Call!;
        if (call.Argument1 is <= 0 or >= MostSignals)
        {
            table.Return(task, ErrorNumber.InvalidArgument);
            return;
        }

        var receiver = kernel.Processes.ByNumber(call.Argument0);
        receiver?.Raise(call.Argument1);
        if (receiver?.Task.Phase == CallPhase.Pause)
            kernel.Scheduler.Wake(receiver.Task);
        table.Return(task, receiver is null ? ErrorNumber.NoProcess : ErrorNumber.None);
    }

    /// <summary><c>pause()</c>: over at once where a signal has come before.</summary>
    public void Pause(ProcessTask task)
    {
        task.Phase = CallPhase.Pause;
        kernel.Scheduler.ContinueAtClock(task);
    }

    /// <summary>What was waited for may have happened.</summary>
    public void Look(ProcessTask task)
    {
        var isOver = true;
        if (task.Phase == CallPhase.Child && ChildOf(task) is { } child)
        {
            child.Awaiter = task;
            isOver = false;
        }
        else if (task.Phase == CallPhase.Pause)
        {
            isOver = task.Process.TakeSignals();
            if (isOver)
                kernel.Faults.ChargeDelivery();
        }

        if (isOver)
            table.Return(task, ErrorNumber.None);
        else
            kernel.Scheduler.Sleep(task);
    }

    private Process? ChildOf(ProcessTask task) =>
        kernel.Processes.ByNumber(task.Call!.Argument0) is { } child
        && child.Parent == task.Process ? child : null;
}
