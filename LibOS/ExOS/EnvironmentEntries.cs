using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.LibOS.Applications;
using Disguise.LibOS.ExOS.Ipc;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// An environment's ways into its Exokernel. Every exception is the library's own, and the way
/// back from its handler is a jump.
/// </summary>
internal sealed class EnvironmentEntries(
    CpuContext context, KernelGate gate, ProtectedEntry entry) : IKernelEntries
{
    private static readonly KernelCall Nothing = new KernelCall.Nothing();
    private static readonly KernelCall NothingOnStack = new KernelCall.Nothing(WithStack: true);
    private static readonly TransferRegisters Taken = new(ProtectedEntry.Taken);

    /// <inheritdoc/>
    public async EmulatedTask NullCall(bool withStack = false) =>
        await gate.Call(withStack ? NothingOnStack : Nothing);

    /// <inheritdoc/>
    public EmulatedTask Handle(ProgramExceptionKind kind) => EmulatedTask.Completed;

    /// <inheritdoc/>
    public async EmulatedTask<bool> Raise(ProgramExceptionKind kind, ulong address)
    {
        if (kind != ProgramExceptionKind.Prot)
            await gate.Raise(kind);
        else if (ForbiddenWrite.IsRefused(context, address, out var fault))
            await gate.Raise(fault);
        else
            return false;
        return true;
    }

    /// <inheritdoc/>
    public EmulatedTask HandlerReturned() => EmulatedTask.Completed;

    /// <inheritdoc/>
    public async EmulatedTask<bool> Transfer(int to) =>
        await entry.Enter(to, Taken) is { First: ProtectedEntry.Taken };

    /// <inheritdoc/>
    public async EmulatedTask AnswerTransfers()
    {
        var (_, from) = await entry.NextEntry();
        while (true)
            (_, from) = await entry.Reply(from, Taken);
    }
}
