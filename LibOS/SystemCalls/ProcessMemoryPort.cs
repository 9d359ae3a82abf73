using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Monolithic;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.SystemCalls;

/// <summary>
/// Virtual memory of a process of a monolithic kernel: system calls, exceptions to the kernel, and
/// signals from it. Page table and policy are the kernel's; it tells nobody which pages are dirty.
/// </summary>
internal sealed class ProcessMemoryPort(
    CpuContext context, IslandActorRef kernel, SystemCallGate gate) : IMemoryPort
{
    private readonly MonolithicProtocol.PageFaultException exception = new(context);

    /// <summary>What the kernel said to the last exception.</summary>
    public FaultVerdict Verdict { get; private set; }

    /// <summary>The kernel has returned from an exception.</summary>
    public void Returned(FaultVerdict result)
    {
        Verdict = result;
        context.Answer();
    }

    /// <inheritdoc/>
    public async EmulatedTask<bool> Configure(MemorySettings settings) => await gate.Call(
        SystemCallNumber.SetLimit, SystemCallLimits.ResidentSet,
        (long)settings.FrameLimit << Frame.Shift);

    /// <inheritdoc/>
    public async EmulatedTask<ulong> Map(int pages, MemoryProtection protection) =>
        await gate.Call(SystemCallNumber.Map, 0, BytesOf(pages), (long)protection)
            ? (ulong)gate.ReturnValue : 0;

    /// <inheritdoc/>
    public async EmulatedTask<bool> Unmap(ulong address, int pages) =>
        await gate.Call(SystemCallNumber.Unmap, (long)address, BytesOf(pages));

    /// <inheritdoc/>
    public async EmulatedTask<bool> Protect(
        ulong address, int pages, MemoryProtection protection) => await gate.Call(
            SystemCallNumber.Protect, (long)address, BytesOf(pages), (long)protection);

    /// <inheritdoc/>
    public EmulatedTask<bool?> IsDirty(ulong address) => new(default(bool?));

    /// <inheritdoc/>
    public async EmulatedTask SetHandler(bool isThere) => await gate.Call(
        SystemCallNumber.SignalAction, SystemCallLimits.SegmentationFault, isThere ? 1 : 0);

    /// <inheritdoc/>
    public async EmulatedTask<FaultVerdict> Raise(PageFault fault, bool hasHandler)
    {
        await context.SyncBeforeSend();
        exception.Fault = fault;
        context.Owner.Island.Schedule(context.ClockPs, kernel, exception, context.Owner);
        await context.AwaitAnswer();
        return Verdict;
    }

    /// <inheritdoc/>
    public async EmulatedTask HandlerReturned() =>
        await gate.Call(SystemCallNumber.SignalReturn);

    /// <summary>The kernel has looked already: it had nothing for the fault but the handler.
    /// </summary>
    public EmulatedTask<FaultVerdict> Decline(PageFault fault) =>
        new(FaultVerdict.Refused);

    private static long BytesOf(int pages) => (long)pages << Frame.Shift;
}
