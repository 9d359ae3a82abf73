using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Predicates;

namespace Disguise.LibOS.ExOS;

/// <summary>How a library calls its Exokernel: one call at a time, answered before it goes on.
/// </summary>
internal sealed class KernelGate(CpuContext context, IslandActorRef kernel)
{
    /// <summary>The slot of the credential that an environment begins with.</summary>
    public const int OwnCredential = 0;

    private readonly ExokernelProtocol.PageFaultException exception = new();
    private CallResult result;
    private bool isYielding;

    /// <summary>The caller's time.</summary>
    public long ClockPs => context.ClockPs;

    /// <summary>Calls the kernel.</summary>
    public async EmulatedTask<CallResult> Call(KernelCall call)
    {
        await context.SyncBeforeSend();
        Post(call);
        await context.AwaitAnswer();
        return result;
    }

    /// <summary>
    /// Traps with a call. The context must be ready to send; its next wait is for the answer.
    /// </summary>
    public void Post(KernelCall call) => Post(new ExokernelProtocol.Call(call));

    /// <summary>Traps with a call that is made anew for nobody.</summary>
    public void Post(ExokernelProtocol.Call call) => context.Owner.Island.Schedule(
        context.ClockPs, kernel, call, context.Owner);

    /// <summary>
    /// Gives the rest of the slice to an environment by its number, or to the next with -1.
    /// </summary>
    public async EmulatedTask Yield(int to)
    {
        await context.SyncBeforeSend();
        isYielding = true;
        context.Owner.Island.Schedule(
            context.ClockPs, kernel, ExokernelProtocol.Yield.Instance, context.Owner, to);
        await context.AwaitAnswer();
    }

    /// <summary>
    /// Sleeps until a predicate over memory holds, or a time. False where it is refused.
    /// </summary>
    public async EmulatedTask<bool> SleepFor(WakeupPredicate predicate, long untilPs)
    {
        await context.SyncBeforeSend();
        isYielding = true;
        result = default;
        context.Owner.Island.Schedule(
            context.ClockPs, kernel, new ExokernelProtocol.SleepFor(predicate, untilPs),
            context.Owner);
        await context.AwaitAnswer();
        isYielding = false;
        return result.Refusal == ExokernelRefusal.None;
    }

    /// <summary>An access has faulted: the kernel forwards that to the library.</summary>
    public async EmulatedTask Raise(PageFault fault)
    {
        await context.SyncBeforeSend();
        exception.Fault = fault;
        context.Owner.Island.Schedule(context.ClockPs, kernel, exception, context.Owner);
        await context.AwaitAnswer();
    }

    /// <summary>An instruction has raised another exception.</summary>
    public async EmulatedTask Raise(ProgramExceptionKind kind)
    {
        await context.SyncBeforeSend();
        context.Owner.Island.Schedule(
            context.ClockPs, kernel, ExokernelProtocol.ProgramException.Instance, context.Owner,
            (long)kind);
        await context.AwaitAnswer();
    }

    /// <summary>The kernel has forwarded the exception.</summary>
    public void Forwarded() => context.Answer();

    /// <summary>The kernel has answered.</summary>
    public void Returned(CallResult returned)
    {
        result = returned;
        context.Answer();
    }

    /// <summary>A slice starts: who yielded goes on.</summary>
    public void SliceStarted()
    {
        if (!isYielding)
            return;
        isYielding = false;
        context.Answer();
    }
}
