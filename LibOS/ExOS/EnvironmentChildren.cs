using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.LibOS.Applications;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// <c>fork</c> as library code (Kaashoek et al., SOSP 1997, section 5.2.1): the kernel makes an
/// environment; the library has its own page table, write-protects what it shares, and has the
/// kernel bind the child's pages, many in a call; a slice lets the child run.
/// </summary>
/// <param name="context">The context that forks.</param>
/// <param name="gate">The way into the kernel.</param>
/// <param name="port">The virtual memory that is copied.</param>
/// <param name="spawn">Makes the actor of a child that runs a program.</param>
internal sealed class EnvironmentChildren(
    CpuContext context, KernelGate gate, EnvironmentMemoryPort port,
    Action<IApplication, ForkedSpace> spawn) : IChildPrograms
{
    /// <summary>Which life of its number each child is.</summary>
    private readonly SortedDictionary<int, long> generations = [];
    private (IslandActorRef Actor, CpuContext Context) made;

    /// <inheritdoc/>
    public async EmulatedTask<int> Fork(Func<ApplicationHost, EmulatedTask> program)
    {
        await context.SyncBeforeSend();
        var space = new ForkedSpace();
        spawn(new ForkedProgram(program), space);
        await context.AwaitAnswer();
        var created = await gate.Call(
            new KernelCall.CreateEnvironment(made.Actor, made.Context, KernelGate.OwnCredential));
        if (created.Refusal != ExokernelRefusal.None)
            return -(int)created.Refusal;
        var child = (int)created.Value;
        generations[child] = created.Second;
        space.IsWhole = await port.Fork(child, space);
        var refusal = space.IsWhole
            ? (await gate.Call(new KernelCall.GiveSlice(child, KernelGate.OwnCredential))).Refusal
            : ExokernelRefusal.OutOfMemory;
        if (refusal == ExokernelRefusal.None)
            return child;
        // It has not run: nobody but its maker can end it.
        await gate.Call(new KernelCall.EndEnvironment(child, KernelGate.OwnCredential));
        return -(int)refusal;
    }

    /// <summary>The child's actor is there.</summary>
    public void Made(IslandActorRef actor, CpuContext child)
    {
        made = (actor, child);
        context.Answer();
    }

    /// <summary>
    /// Looks at the kernel's book of environments, and leaves the child the processor. Who has its
    /// number after it is a stranger.
    /// </summary>
    public async EmulatedTask Await(int child)
    {
        while (generations.TryGetValue(child, out var generation)
            && await gate.Call(new KernelCall.CountSlices(child)) is
            { Refusal: ExokernelRefusal.None, Second: var second }
            && second == generation)
            await gate.Yield(child);
        generations.Remove(child);
    }
}
