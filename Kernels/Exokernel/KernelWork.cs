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
    /// <summary>An environment traps into the kernel.</summary>
    public long Enter(Core core, long atPs) => Do(core, HardwareCosts.Trap, 1, atPs);

    /// <summary>The kernel returns to an environment, or enters it by an upcall.</summary>
    public long Return(Core core, long atPs) => Do(core, HardwareCosts.TrapReturn, 1, atPs);

    /// <summary>Checks and bookkeeping of a call that allocates or binds.</summary>
    public long ServeCall(Core core, long atPs) =>
        Do(core, ProfileCosts.ControlPlaneCall, 1, atPs);

    /// <summary>Pages entered into or taken from page tables.</summary>
    public long WritePages(Core core, long pages, long atPs) =>
        Do(core, ProfileCosts.PageTableEntry, pages, atPs);

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
