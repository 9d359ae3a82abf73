using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Monolithic.Execution;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Profiles;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary>
/// Copies between the kernel and the memory of the process that has called, through the MMU of the
/// core on which both run: an address that is not the process' own is an error of the call
/// (<c>copy_from_user</c>, <c>copy_to_user</c>).
/// </summary>
internal sealed class UserMemory(KernelExecution execution)
{
    private const ulong FirstForeignAddress = 1UL << 47;

    private readonly Action<CostKey, long> charge = execution.Charge;

    /// <summary>Copies from the process. False for a bad address.</summary>
    public bool TryRead(CpuContext context, long address, Span<byte> destination)
    {
        if (!IsUsers(address, destination.Length))
            return false;
        var isRead = context.Mmu.TryRead((ulong)address, destination, out _);
        ChargeMisses(context);
        return isRead;
    }

    /// <summary>
    /// Copies what a process hands over to be sent or drawn, and charges for each byte. False for a
    /// bad address.
    /// </summary>
    public bool TryCopyIn(ProcessTask task, long address, Span<byte> destination)
    {
        execution.Charge(SharedStackCosts.UserCopySend);
        execution.Charge(ProfileCosts.CopySend, destination.Length);
        if (task.IsAfterIdle)
            execution.Charge(CoreStateCosts.CopySendAfterIdle);
        return TryRead(task.Context, address, destination);
    }

    /// <summary>Copies to the process. False for a bad address.</summary>
    public bool TryWrite(CpuContext context, long address, ReadOnlySpan<byte> source)
    {
        if (!IsUsers(address, source.Length))
            return false;
        var isWritten = context.Mmu.TryWrite((ulong)address, source, out _);
        ChargeMisses(context);
        return isWritten;
    }

    /// <summary>Whether addresses lie in the half that processes have (access_ok).</summary>
    private static bool IsUsers(long address, int length) =>
        (ulong)address < FirstForeignAddress
        && (ulong)length <= FirstForeignAddress - (ulong)address;

    private void ChargeMisses(CpuContext context) =>
        TableRefill.ChargeMisses(context.Mmu, charge);
}
