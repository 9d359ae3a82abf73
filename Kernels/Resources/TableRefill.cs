using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Resources;

/// <summary>
/// The handler of TLB misses of a kernel with page tables of its own, on processors that leave the
/// refill to software (Kane, MIPS RISC Architecture, chapter 6: the vector for user misses). It
/// finds the page in the tables of the address space in force; where they have none, the fault is
/// what a walk by hardware would have reported.
/// </summary>
public sealed class TableRefill : ITlbRefillHandler
{
    private TableRefill()
    {
    }

    /// <summary>Puts it at the vector of each core that needs one; called at boot.</summary>
    public static void Install(Machine machine)
    {
        foreach (var core in machine.Cores)
        {
            if (core.Mmu.Refill == TlbRefill.Software)
                core.Mmu.RefillHandler = new TableRefill();
        }
    }

    /// <summary>Charges a context the misses of its accesses since this was last asked.</summary>
    public static void ChargeMisses(CpuContext context)
    {
        var mmu = context.Mmu;
        var misses = mmu.TakeTlbMisses();
        if (misses == 0)
            return;
        context.Charge(HardwareCosts.TlbMiss, misses);
        if (mmu.RefillHandler is TableRefill)
            context.Charge(ProfileCosts.TlbRefillHandler, misses);
    }

    /// <summary>
    /// What the misses of an MMU cost since this was last asked: the hardware's part, and the
    /// handler's where there is one.
    /// </summary>
    /// <param name="mmu">Whose misses.</param>
    /// <param name="charge">Charges a number of one cost to who made the accesses.</param>
    public static void ChargeMisses(Mmu mmu, Action<CostKey, long> charge)
    {
        var misses = mmu.TakeTlbMisses();
        if (misses == 0)
            return;
        charge(HardwareCosts.TlbMiss, misses);
        if (mmu.RefillHandler is TableRefill)
            charge(ProfileCosts.TlbRefillHandler, misses);
    }

    /// <inheritdoc/>
    public bool TryFind(
        AddressSpace space, ulong virtualAddress, Access access, out ulong entry,
        out PageFault fault) => space.TryWalk(virtualAddress, access, out entry, out fault);
}
