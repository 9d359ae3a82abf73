using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Microkernel;

/// <summary>
/// What the kernel's work takes, on the core on which it works; interrupts wait until it is done,
/// as in L4. Each cost is charged here and nowhere else in this kernel; a message has no cost of
/// its own but those of its parts. Every method takes the time from which it works and returns
/// the time at which the work is done.
/// </summary>
internal sealed class KernelWork(Machine machine)
{
    /// <summary>A thread traps into the kernel.</summary>
    public long Enter(Core core, long atPs) => Do(core, HardwareCosts.Trap, 1, atPs);

    /// <summary>A thread enters the kernel by a fault.</summary>
    public long TakeException(Core core, long atPs) =>
        Do(core, HardwareCosts.ExceptionEntry, 1, Enter(core, atPs));

    /// <summary>The kernel returns to a thread.</summary>
    public long Return(Core core, long atPs) => Do(core, HardwareCosts.TrapReturn, 1, atPs);

    /// <summary>The core's timer interrupts: the deadline of a thread that waits.</summary>
    public long TakeTimer(Core core, long atPs) => Do(core, HardwareCosts.Interrupt, 1, atPs);

    /// <summary>Looks capabilities up, checks, and passes the registers of one message on.
    /// </summary>
    public long PassMessage(Core core, long atPs) => Do(core, ProfileCosts.IpcPath, 1, atPs);

    /// <summary>Copies what clients hand to a server.</summary>
    public long CopyRequests(Core core, long count, long bytes, long atPs) => Do(
        core, ProfileCosts.CopySend, bytes, Do(core, SharedStackCosts.UserCopySend, count, atPs));

    /// <summary>Copies what a server hands to clients.</summary>
    public long CopyAnswers(Core core, long count, long bytes, long atPs) => Do(
        core, ProfileCosts.CopyReceive, bytes,
        Do(core, SharedStackCosts.UserCopyReceive, count, atPs));

    /// <summary>A core that was idle takes up work.</summary>
    public long LeaveIdle(Core core, long atPs) => Do(core, CoreStateCosts.IdleLeave, 1, atPs);

    /// <summary>Puts another address space in force.</summary>
    public long SwitchSpace(Core core, long atPs) =>
        Do(core, HardwareCosts.AddressSpaceSwitch, 1, atPs);

    /// <summary>Puts a thread into a run queue.</summary>
    public long WakeUp(Core core, long atPs) =>
        Do(core, ProfileCosts.SchedulerWakeUp, 1, atPs);

    /// <summary>Chooses a thread from a run queue.</summary>
    public long Choose(Core core, long atPs) =>
        Do(core, ProfileCosts.SchedulerDispatch, 1, atPs);

    /// <summary>Interrupts sent to other cores.</summary>
    public long InterruptCores(Core core, long count, long atPs) =>
        Do(core, HardwareCosts.InterProcessorInterrupt, count, atPs);

    /// <summary>Checks and bookkeeping of a call about capabilities or memory.</summary>
    public long ServeCall(Core core, long atPs) =>
        Do(core, ProfileCosts.ControlPlaneCall, 1, atPs);

    /// <summary>Pages entered into or taken from page tables.</summary>
    public long WritePages(Core core, long pages, long atPs) =>
        Do(core, ProfileCosts.PageTableEntry, pages, atPs);

    /// <summary>Writes to device registers.</summary>
    public long WriteRegisters(Core core, long writes, long atPs) =>
        Do(core, HardwareCosts.MmioWrite, writes, atPs);

    private long Do(Core core, CostKey key, long count, long atPs) =>
        count == 0 ? atPs : core.DoKernelWork(machine.KernelAccount, key, count, atPs);
}
