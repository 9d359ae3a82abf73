using Disguise.Hardware.Cores;
using Disguise.Kernels.Monolithic.Memory;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.Windows;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary>
/// The entry into the kernel and the return from it, on the caller's core and in its context: an
/// interrupt pushes a call back like any other work of its task.
/// </summary>
internal sealed class SystemCallTable
{
    private readonly KernelServices kernel;
    private readonly ReceiveCall receive;
    private readonly SendCall send;
    private readonly EventPollCalls events;
    private readonly SocketCalls sockets;
    private readonly MemoryCalls pages;
    private readonly WindowCalls windows;
    private readonly ProcessCalls processes;
    private readonly PipeCalls pipes;
    private readonly SharedMemoryCalls shared;

    public SystemCallTable(KernelServices kernel)
    {
        this.kernel = kernel;
        var memory = new UserMemory(kernel.Execution);
        receive = new ReceiveCall(kernel, this, memory);
        send = new SendCall(kernel, this, memory);
        events = new EventPollCalls(kernel, this, memory);
        sockets = new SocketCalls(kernel, this, memory);
        pages = new MemoryCalls(kernel, this);
        windows = new WindowCalls(kernel, this, memory);
        processes = new ProcessCalls(kernel, this);
        pipes = new PipeCalls(kernel, this, memory);
        shared = new SharedMemoryCalls(kernel, this);
    }

    /// <summary>A process ends: what it has open that only calls know of is closed.</summary>
    public void End(Process process) => windows.End(process);

    /// <summary>A call goes on; the task has a core and is in sync.</summary>
    public void Continue(ProcessTask task)
    {
        switch (task.Phase)
        {
            case CallPhase.Enter:
                Enter(task);
                break;
            case CallPhase.Receive:
                receive.Look(task);
                break;
            case CallPhase.Room:
                send.LookForRoom(task);
                break;
            case CallPhase.Transmit:
                send.Transmit(task);
                break;
            case CallPhase.Events:
                events.Look(task);
                break;
            case CallPhase.Pipe:
                pipes.Look(task);
                break;
            case CallPhase.Pause or CallPhase.Child:
                processes.Look(task);
                break;
            case CallPhase.SoftInterrupts:
                RunSoftInterrupts(task);
                break;
            case CallPhase.Fault:
                kernel.Faults.Enter(task);
                break;
            case CallPhase.Paging:
                kernel.Faults.Finish(task);
                break;
            default:
                throw new InvalidOperationException($"a task goes on in phase {task.Phase}");
        }
    }

    /// <summary>Returns to user mode with an error.</summary>
    public void Return(ProcessTask task, ErrorNumber error) => Return(task, -(long)error);

    /// <summary>Returns to user mode with a result.</summary>
    public void Return(ProcessTask task, long result)
    {
        kernel.Execution.Charge(HardwareCosts.TrapReturn);
        if (task.IsAfterIdle)
            kernel.Execution.Charge(CoreStateCosts.TrapReturnAfterIdle);
        task.Leave();
        kernel.Machine.Island.Schedule(
            task.Context.ClockPs, task.Process.Actor,
            MonolithicProtocol.SystemCallReturn.Instance, kernel.Actor, result);
    }

    /// <summary>
    /// Returns from a call that left a section in which soft interrupts wait: if some are pending,
    /// the task runs them first.
    /// </summary>
    public void ReturnAfterSection(ProcessTask task, long result)
    {
        if (!kernel.Scheduler.Cores[task.Core].Softirq.IsPendingForProcess)
        {
            Return(task, result);
            return;
        }

        task.Result = result;
        task.Phase = CallPhase.SoftInterrupts;
        kernel.Scheduler.ContinueAtClock(task);
    }

    private void RunSoftInterrupts(ProcessTask task)
    {
        var softirq = kernel.Scheduler.Cores[task.Core].Softirq;
        if (softirq.IsPendingForProcess)
        {
            softirq.RunInProcess();
            kernel.Execution.WorkIn(task.Context);
        }

        Return(task, task.Result);
    }

    private void Enter(ProcessTask task)
    {
        kernel.Execution.Charge(HardwareCosts.Trap);
        kernel.Execution.Charge(ProfileCosts.SystemCallPath);
        if (task.IsAfterIdle)
            kernel.Execution.Charge(CoreStateCosts.TrapAfterIdle);
        switch (task.Call!.Number)
        {
            case SystemCallNumber.SignalReturn:
                kernel.Faults.ReturnFromHandler(task);
                break;
            case SystemCallNumber.ReceiveFrom:
                receive.Enter(task);
                break;
            case SystemCallNumber.SendTo:
                send.Enter(task);
                break;
            case SystemCallNumber.EventPollWait:
                events.EnterWait(task);
                break;
            case SystemCallNumber.EventPollControl:
                events.Control(task);
                break;
            case SystemCallNumber.EventPollCreate:
                events.Create(task);
                break;
            case SystemCallNumber.Socket:
                sockets.Open(task);
                break;
            case SystemCallNumber.Bind:
                sockets.Bind(task);
                break;
            case SystemCallNumber.GetSocketName:
                sockets.Name(task);
                break;
            case SystemCallNumber.Close:
                sockets.Close(task);
                break;
            case SystemCallNumber.Yield:
                Yield(task);
                break;
            case SystemCallNumber.GetProcessId:
                Return(task, task.Process.Number);
                break;
            case SystemCallNumber.Exit:
                kernel.Lives.End(task.Process);
                break;
            default:
                EnterOther(task);
                break;
        }
    }

    private void EnterOther(ProcessTask task)
    {
        switch (task.Call!.Number)
        {
            case SystemCallNumber.Map:
                pages.Map(task);
                break;
            case SystemCallNumber.Protect:
                pages.Protect(task);
                break;
            case SystemCallNumber.Unmap:
                pages.Unmap(task);
                break;
            case SystemCallNumber.SetLimit:
                pages.Limit(task);
                break;
            case SystemCallNumber.SignalAction:
                pages.SetHandler(task);
                break;
            case SystemCallNumber.OpenWindow:
                windows.Open(task);
                break;
            case SystemCallNumber.DrawWindow:
                windows.Draw(task);
                break;
            case SystemCallNumber.SharedMemoryGet:
                shared.Get(task);
                break;
            case SystemCallNumber.SharedMemoryAttach:
                shared.Attach(task);
                break;
            default:
                EnterProcess(task);
                break;
        }
    }

    private void EnterProcess(ProcessTask task)
    {
        switch (task.Call!.Number)
        {
            case SystemCallNumber.Open:
                pipes.Open(task);
                break;
            case SystemCallNumber.Read or SystemCallNumber.Write:
                pipes.Enter(task);
                break;
            case SystemCallNumber.Fork:
                processes.Fork(task);
                break;
            case SystemCallNumber.Wait:
                processes.Wait(task);
                break;
            case SystemCallNumber.Kill:
                processes.Kill(task);
                break;
            case SystemCallNumber.Pause:
                processes.Pause(task);
                break;
            default:
                Return(task, ErrorNumber.NoSystemCall);
                break;
        }
    }

    /// <summary>The answer is under way; who is next gets the core when it is there.</summary>
    private void Yield(ProcessTask task)
    {
        Return(task, 0L);
        var core = kernel.Scheduler.Cores[task.Core];
        core.NeedsReschedule = true;
        kernel.RescheduleAtClock(core);
    }
}
