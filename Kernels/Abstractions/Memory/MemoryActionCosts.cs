using Disguise.Actors.Ledgers;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>
/// What the actions of a virtual-memory library cost, and the only place where that is charged.
/// What a kernel does for an action, a call or an entry of a table that hardware walks, is charged
/// by that kernel.
/// </summary>
public static class MemoryActionCosts
{
    /// <summary>Charges an action to whoever carries it out.</summary>
    public static void Charge(in MemoryAction action, CostKey lookup, IExecution execution)
    {
        switch (action.Kind)
        {
            case MemoryActionKind.Lookup:
                execution.Charge(lookup);
                break;
            case MemoryActionKind.Protect:
                execution.Charge(ExokernelCosts.PageProtect);
                break;
            case MemoryActionKind.ProtectNext:
                ChargeNext(lookup, execution);
                execution.Charge(ExokernelCosts.PageProtectRangePage);
                break;
            case MemoryActionKind.UnprotectNext:
                ChargeNext(lookup, execution);
                execution.Charge(ExokernelCosts.PageUnprotectRangePage);
                break;
            case MemoryActionKind.Copy:
                execution.Charge(ExokernelCosts.PageCopyByte, Frame.SizeBytes);
                break;
            case MemoryActionKind.Zero:
                execution.Charge(ExokernelCosts.PageZeroByte, Frame.SizeBytes);
                break;
            default:
                // Map, unmap and rights are the kernel's; a transfer has its store's latency, and
                // a handler is charged where it runs.
                break;
        }
    }
    /// <summary>The next page of a range is found by itself where neighbours lie apart.
    /// </summary>
    private static void ChargeNext(CostKey lookup, IExecution execution)
    {
        if (lookup == ExokernelCosts.PageTableLookupInverted)
            execution.Charge(ExokernelCosts.PageTableNextInverted);
    }
}
