using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Monolithic;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.SystemCalls;

/// <summary>
/// A process' ways into its monolithic kernel: <c>getpid</c>, and exceptions that come back as
/// signals. There is no transfer from one process into another.
/// </summary>
internal sealed class ProcessEntries(
    CpuContext context, IslandActorRef kernel, SystemCallGate gate, ProcessMemoryPort pages)
    : IKernelEntries
{
    private readonly MonolithicProtocol.ProgramException exception = new(context);

    /// <inheritdoc/>
    public async EmulatedTask NullCall(bool withStack = false) =>
        await gate.Call(SystemCallNumber.GetProcessId);

    /// <inheritdoc/>
    public async EmulatedTask Handle(ProgramExceptionKind kind) => await gate.Call(
        SystemCallNumber.SignalAction, SystemCallLimits.SignalOf(kind), 1);

    /// <inheritdoc/>
    public async EmulatedTask<bool> Raise(ProgramExceptionKind kind, ulong address)
    {
        if (kind != ProgramExceptionKind.Prot)
            await Raise(kind);
        else if (ForbiddenWrite.IsRefused(context, address, out var fault))
            Check(kind, await pages.Raise(fault, hasHandler: true));
        else
            return false;
        return true;
    }

    /// <inheritdoc/>
    public EmulatedTask HandlerReturned() => pages.HandlerReturned();

    /// <inheritdoc/>
    public EmulatedTask<bool> Transfer(int to) => new(false);

    /// <inheritdoc/>
    public EmulatedTask AnswerTransfers() => EmulatedTask.Completed;

    private async EmulatedTask Raise(ProgramExceptionKind kind)
    {
        await context.SyncBeforeSend();
        context.Owner.Island.Schedule(
            context.ClockPs, kernel, exception, context.Owner, (long)kind);
        await context.AwaitAnswer();
        Check(kind, pages.Verdict);
    }

    /// <summary>A signal that the process does not handle ends it.</summary>
    private static void Check(ProgramExceptionKind kind, FaultVerdict verdict)
    {
        if (verdict != FaultVerdict.Delivered)
            throw new ComponentFailureException($"exception {kind}: {verdict}");
    }
}
