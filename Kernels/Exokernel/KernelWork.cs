using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Exokernel;

/// <summary>
/// What the kernel's work takes, on the core on which it works. Each cost is charged here and
/// nowhere else in this kernel. Every method takes the time from which it works and returns the
/// time at which the work is done.
/// </summary>
internal sealed class KernelWork(Machine machine)
{
    /// <summary>An environment traps into the kernel by a call.</summary>
    public long Enter(Core core, long atPs) => Do(
        core, ExokernelCosts.KernelCallDemultiplex, 1, Do(core, HardwareCosts.Trap, 1, atPs));

    /// <summary>An environment enters the kernel by an exception.</summary>
    public long TakeException(Core core, long atPs) => Do(
        core, HardwareCosts.ExceptionEntry, 1, Do(core, HardwareCosts.Trap, 1, atPs));

    /// <summary>The kernel returns to an environment.</summary>
    public long Return(Core core, long atPs) => Do(core, HardwareCosts.TrapReturn, 1, atPs);

    /// <summary>Dispatch and checks of a call that is no transfer.</summary>
    public long ServeCall(Core core, long atPs) =>
        Do(core, ExokernelCosts.KernelCall, 1, atPs);

    /// <summary>A stack for a call that needs one.</summary>
    public long SetUpStack(Core core, long atPs) =>
        Do(core, ExokernelCosts.KernelCallStack, 1, atPs);

    /// <summary>An exception is about a page: which one.</summary>
    public long LookFaultUp(Core core, long atPs) =>
        Do(core, ProfileCosts.FaultLookUp, 1, atPs);

    /// <summary>Bookkeeping of a call about frames.</summary>
    public long ServeFrames(Core core, long calls, long atPs) =>
        Do(core, ExokernelCosts.FrameCall, calls, atPs);

    /// <summary>Bytes copied between a software region and its caller's memory.</summary>
    public long CopyBytes(Core core, long lengthBytes, long atPs) =>
        Do(core, HardwareCosts.PageCopyByte, lengthBytes, atPs);

    /// <summary>Makes or breaks a binding of a device, or a whole environment.</summary>
    public long ServeBinding(Core core, long atPs) =>
        Do(core, ProfileCosts.ControlPlaneCall, 1, atPs);

    /// <summary>Program counter, slice and tags of a protected transfer.</summary>
    public long Transfer(Core core, long atPs) =>
        Do(core, ExokernelCosts.ProtectedTransfer, 1, atPs);

    /// <summary>Tells an environment of the start or the end of a slice.</summary>
    public long TellOfSlice(Core core, long atPs) =>
        Return(core, Do(core, ExokernelCosts.SliceUpcall, 1, atPs));

    /// <summary>Computes products of wakeup predicates.</summary>
    public long EvaluateProducts(Core core, int products, long atPs) =>
        Do(core, ExokernelCosts.PredicateEvaluate, products, atPs);

    /// <summary>Pages entered into or taken from page tables.</summary>
    public long WritePages(Core core, long pages, long atPs) =>
        Do(core, ProfileCosts.PageTableEntry, pages, atPs);

    /// <summary>Translations checked and written into TLBs, or taken from them.</summary>
    public long WriteTlb(Core core, long pages, long atPs) =>
        Do(core, ExokernelCosts.TlbWriteCall, pages, atPs);

    /// <summary>Work of the driver of a card that environments share, and on their packets.
    /// </summary>
    public long Drive(Core core, CostKey key, long count, long atPs) =>
        Do(core, key, count, atPs);

    /// <summary>A miss that the software TLB answered, within the access that missed.</summary>
    public void Refill(CpuContext context) =>
        context.ChargeTo(machine.KernelAccount, ExokernelCosts.StlbRefill);

    /// <summary>An upcall: something is forwarded to an environment like an exception.</summary>
    public long Forward(Core core, long atPs) =>
        Return(core, Do(core, ExokernelCosts.ExceptionForward, 1, atPs));

    /// <summary>The clock interrupts for something else than the end of a slice.</summary>
    public long TakeClock(Core core, long atPs) => Do(core, HardwareCosts.Interrupt, 1, atPs);

    /// <summary>Interrupts sent to other cores.</summary>
    public long InterruptCores(Core core, long count, long atPs) =>
        Do(core, HardwareCosts.InterProcessorInterrupt, count, atPs);

    /// <summary>Makes an environment ready.</summary>
    public long WakeUp(Core core, long atPs) =>
        Do(core, ProfileCosts.SchedulerWakeUp, 1, atPs);

    /// <summary>Takes the next slice of a core's vector.</summary>
    public long Choose(Core core, long atPs) =>
        Do(core, ProfileCosts.SchedulerDispatch, 1, atPs);

    /// <summary>Puts another address space in force.</summary>
    public long SwitchSpace(Core core, long atPs) =>
        Do(core, HardwareCosts.AddressSpaceSwitch, 1, atPs);

    private long Do(Core core, CostKey key, long count, long atPs) =>
        count == 0 ? atPs : core.DoKernelWork(machine.KernelAccount, key, count, atPs);
}
