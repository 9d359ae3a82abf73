using Disguise.Actors.Execution;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.LibOS.Applications;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// The library's half of processor time: each is one call of the kernel, but for sections.
/// </summary>
internal sealed class ProcessorTime(KernelGate gate, CriticalSection section) : IProcessorTime
{
    /// <inheritdoc/>
    public EmulatedTask Yield(int to) => gate.Yield(to);

    /// <inheritdoc/>
    public async EmulatedTask<bool> TakeSlice(int position)
    {
        var taken = await gate.Call(
            new KernelCall.AllocateSlice(position, KernelGate.OwnCredential));
        return taken.Refusal == ExokernelRefusal.None;
    }

    /// <inheritdoc/>
    public async EmulatedTask GiveSlicesBack()
    {
        // What its credential does not open it keeps.
        var from = 0;
        while (await gate.Call(new KernelCall.FindSlice(from)) is
            { Refusal: ExokernelRefusal.None, Value: var position })
        {
            await gate.Call(new KernelCall.FreeSlice((int)position, KernelGate.OwnCredential));
            from = (int)position + 1;
        }
    }

    /// <inheritdoc/>
    public async EmulatedTask<long> SlicesOf(int environment)
    {
        var count = await gate.Call(new KernelCall.CountSlices(environment));
        return count.Refusal == ExokernelRefusal.None ? count.Value : -1;
    }

    /// <inheritdoc/>
    public EmulatedTask<bool> EnterSection() => section.Enter();

    /// <inheritdoc/>
    public EmulatedTask<bool> LeaveSection() => section.Leave();
}
