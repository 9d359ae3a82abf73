using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.Memory;

/// <summary>
/// The exception for an access that the MMU refused: the kernel asks its virtual-memory library,
/// waits for pages that are on the swap area, and lets the process repeat the access, signals it,
/// or tells it that it is at an end. Of any other exception there is the signal alone.
/// </summary>
internal sealed class FaultHandling(KernelServices kernel)
{
    /// <summary>The process has trapped.</summary>
    public void Enter(ProcessTask task)
    {
        var execution = kernel.Execution;
        execution.Charge(HardwareCosts.Trap);
        execution.Charge(HardwareCosts.ExceptionEntry);
        task.Verdict = FaultVerdict.Refused;
        var transfers = 0;
        if (task.Raised is { } raised)
        {
            if (task.Process.Handles(SystemCallLimits.SignalOf(raised)))
                task.Verdict = FaultVerdict.Delivered;
        }
        else if (task.Process.Memory is { } memory)
        {
            execution.Charge(ProfileCosts.FaultLookUp);
            var fault = task.Exception!.Fault;
            var page = Frame.NumberOf((long)fault.VirtualAddress);
            task.Verdict = memory.Library.Fault(page, (fault.Access & Access.Write) != 0);
            if (!memory.CarryOut(out transfers))
                task.Verdict = FaultVerdict.OutOfMemory;
        }

        if (transfers == 0)
            Finish(task);
        else
            Wait(task, transfers);
    }

    /// <summary>Returns to user mode: to the access, or to the handler.</summary>
    public void Finish(ProcessTask task)
    {
        var execution = kernel.Execution;
        var verdict = task.Verdict;
        if (verdict == FaultVerdict.Delivered)
            ChargeDelivery();
        execution.Charge(HardwareCosts.TrapReturn);
        task.Leave();
        kernel.Machine.Island.Schedule(
            task.Context.ClockPs, task.Process.Actor,
            verdict == FaultVerdict.Delivered
                ? MonolithicProtocol.Signal.Instance : MonolithicProtocol.FaultReturn.Instance,
            kernel.Actor, (long)verdict);
    }

    /// <summary>
    /// The handler has returned (<c>sigreturn</c>): a call like any other. The paper's time of an
    /// exception ends where the handler begins (Engler, Kaashoek and O'Toole, SOSP 1995, Table 5).
    /// </summary>
    public void ReturnFromHandler(ProcessTask task)
    {
        kernel.Execution.Charge(HardwareCosts.TrapReturn);
        task.Leave();
        kernel.Machine.Island.Schedule(
            task.Context.ClockPs, task.Process.Actor,
            MonolithicProtocol.SystemCallReturn.Instance, kernel.Actor, 0);
    }

    /// <summary>A process is sent to its handler of a signal.</summary>
    public void ChargeDelivery() => kernel.Execution.Charge(ProfileCosts.SignalDelivery);

    /// <summary>The pages of a fault have come; the word is task and call.</summary>
    public void Transferred(long word)
    {
        if (kernel.Processes.FindTask((int)(word >> 32)) is not ProcessTask task
            || task.CallCount != (int)word || task.Phase != CallPhase.Paging)
        {
            return;
        }

        kernel.Execution.WorkOn(kernel.Machine.Cores[task.Core], kernel.NowPs);
        kernel.Execution.Charge(HardwareCosts.Interrupt);
        kernel.Scheduler.Wake(task);
    }

    /// <summary>The process sleeps while pages are under way, one after the other.</summary>
    private void Wait(ProcessTask task, int transfers)
    {
        task.Phase = CallPhase.Paging;
        kernel.Machine.Island.Schedule(
            kernel.Execution.ClockPs + (transfers * kernel.Paging.Store.LatencyPs),
            kernel.Actor, MonolithicProtocol.PagesTransferred.Instance, kernel.Actor,
            ((long)task.Number << 32) | (uint)task.CallCount);
        kernel.Scheduler.Sleep(task);
    }
}
