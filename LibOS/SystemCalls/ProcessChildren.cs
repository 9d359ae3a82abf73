using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Applications;

namespace Disguise.LibOS.SystemCalls;

/// <summary>Children of a process, by <c>fork</c> and <c>wait4</c>.</summary>
/// <param name="context">The context that forks.</param>
/// <param name="gate">The way into the kernel.</param>
/// <param name="spawn">Makes the actor of a child that runs a program.</param>
internal sealed class ProcessChildren(
    CpuContext context, SystemCallGate gate, Action<IApplication> spawn) : IChildPrograms
{
    private ForkedProcess? made;

    /// <inheritdoc/>
    public async EmulatedTask<int> Fork(Func<ApplicationHost, EmulatedTask> program)
    {
        await context.SyncBeforeSend();
        spawn(new ForkedProgram(program));
        await context.AwaitAnswer();
        await gate.Fork(made!);
        return (int)gate.ReturnValue;
    }

    /// <summary>The child's actor is there.</summary>
    public void Made(IslandActorRef actor, CpuContext child)
    {
        made = new ForkedProcess(actor, child);
        context.Answer();
    }

    /// <inheritdoc/>
    public async EmulatedTask Await(int child) => await gate.Call(SystemCallNumber.Wait, child);
}
