using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Resources;

namespace Disguise.LibOS.Memory;

/// <summary>A write that the MMU is to refuse because of the page's protection.</summary>
internal static class ForbiddenWrite
{
    /// <summary>Tries it. False when it was done, or refused for another reason.</summary>
    public static bool IsRefused(CpuContext context, ulong address, out PageFault fault)
    {
        var isWritten = context.Mmu.TryWrite(address, stackalloc byte[sizeof(uint)], out fault);
        TableRefill.ChargeMisses(context);
        return !isWritten && fault.Reason == PageFaultReason.NotWritable;
    }
}
