using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Servers;
using Disguise.Kernels.Microkernel.UserLevel;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.Ipc;

/// <summary>
/// Virtual memory of a process on a microkernel: its pager implements it. The kernel turns a fault
/// into a message to the pager; what comes with the answer the process maps itself. Page table and
/// policy are the pager's, and it tells nobody which pages are dirty.
/// </summary>
internal sealed class PagerPort(UserThread thread, Handle pager) : IMemoryPort
{
    /// <inheritdoc/>
    public async EmulatedTask<bool> Configure(MemorySettings settings) =>
        await Ask(PagerLabels.Limit, (ulong)settings.FrameLimit) == PagerStatus.Done;

    /// <inheritdoc/>
    public async EmulatedTask<ulong> Map(int pages, MemoryProtection protection) =>
        await Ask(PagerLabels.Map, (ulong)pages, (ulong)protection) == PagerStatus.Done
            ? thread.Registers[1] : 0;

    /// <inheritdoc/>
    public async EmulatedTask<bool> Unmap(ulong address, int pages) =>
        await Ask(PagerLabels.Unmap, address, (ulong)pages) == PagerStatus.Done;

    /// <inheritdoc/>
    public async EmulatedTask<bool> Protect(
        ulong address, int pages, MemoryProtection protection) => await Ask(
            PagerLabels.Protect, address, (ulong)pages, (ulong)protection) == PagerStatus.Done;

    /// <inheritdoc/>
    public EmulatedTask<bool?> IsDirty(ulong address) => new(default(bool?));

    /// <inheritdoc/>
    public async EmulatedTask SetHandler(bool isThere) =>
        await Ask(PagerLabels.SetHandler, isThere ? 1UL : 0);

    /// <inheritdoc/>
    public async EmulatedTask<FaultVerdict> Raise(PageFault fault, bool hasHandler)
    {
        var registers = thread.Registers;
        registers.Begin(PagerLabels.Fault);
        registers.Add(fault.VirtualAddress);
        registers.Add((fault.Access & Access.Write) != 0 ? 1UL : 0);
        if (await thread.Fault(pager) != KernelResult.Done)
            return FaultVerdict.Refused;
        switch ((PagerStatus)registers[0])
        {
            case PagerStatus.Done:
                var mapped = await thread.Map(
                    registers.Granted, (long)registers[1], (CapabilityRights)registers[2]);
                return mapped == KernelResult.Done
                    ? FaultVerdict.Resolved : FaultVerdict.OutOfMemory;
            case PagerStatus.ToHandler:
                return FaultVerdict.Delivered;
            case PagerStatus.OutOfMemory:
                return FaultVerdict.OutOfMemory;
            default:
                return FaultVerdict.Refused;
        }
    }

    /// <summary>The way back from a handler needs nobody.</summary>
    public EmulatedTask HandlerReturned() => EmulatedTask.Completed;

    /// <summary>The pager has looked already.</summary>
    public EmulatedTask<FaultVerdict> Decline(PageFault fault) => new(FaultVerdict.Refused);

    private async EmulatedTask<PagerStatus> Ask(
        ulong label, ulong first, ulong second = 0, ulong third = 0)
    {
        var registers = thread.Registers;
        registers.Begin(label);
        registers.Add(first);
        registers.Add(second);
        registers.Add(third);
        return await thread.Call(pager) == KernelResult.Done
            ? (PagerStatus)registers[0] : PagerStatus.Refused;
    }
}
