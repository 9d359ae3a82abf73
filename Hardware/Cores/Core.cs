using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Observation;

namespace Disguise.Hardware.Cores;

/// <summary>
/// A core runs one context at a time. Interrupt and kernel work on it pushes the context back;
/// what arrives while the kernel works on the core waits for it. Every change takes effect at its
/// own virtual time.
/// </summary>
public sealed class Core
{
    /// <summary>Interrupt vectors of a core; the first 32 are exceptions (Intel SDM 3A 6.3).
    /// </summary>
    public const int VectorCount = 256;

    private readonly CostTable costs;
    private VectorBinding[] bindings = [];
    private long kernelFreePs;
    private int timerGeneration;

    /// <summary>Makes an idle core.</summary>
    public Core(int number, CostTable costs, Mmu mmu)
    {
        Number = number;
        this.costs = costs;
        Mmu = mmu;
    }

    /// <summary>Number of the core in its machine, from 0.</summary>
    public int Number { get; }

    /// <summary>The core's memory management unit with its TLB.</summary>
    public Mmu Mmu { get; }

    /// <summary>The core's actor: interrupts come to it.</summary>
    public IslandActorRef Actor { get; private set; } = null!;

    /// <summary>The context that has the core.</summary>
    public CpuContext? Current { get; private set; }

    /// <summary>
    /// Set where nothing takes the core from its context: pinned to it, without slices, with
    /// interrupts only while it halts.
    /// </summary>
    public bool IsExclusive { get; set; }

    /// <summary>Follows requests when set.</summary>
    public IRequestObserver? Requests { get; set; }

    /// <summary>Gives the core to a ready context from a time on.</summary>
    public void Dispatch(CpuContext context, long atPs)
    {
        if (Current is not null)
            throw new InvalidOperationException($"core {Number} has a context");
        Current = context;
        context.TakeCore(this, Math.Max(atPs, kernelFreePs));
    }

    /// <summary>
    /// The core goes on with another context in another address space: another ring of the same
    /// program, say. Who switches charges for it.
    /// </summary>
    public void SwitchTo(CpuContext context, AddressSpace space, long atPs)
    {
        Preempt(atPs);
        Mmu.Activate(space);
        Dispatch(context, atPs);
    }

    /// <summary>Takes the core from its context; its charged work that is left is kept.</summary>
    public CpuContext? Preempt(long atPs)
    {
        var context = Current;
        Current = null;
        context?.LoseCore(atPs);
        return context;
    }

    /// <summary>
    /// Kernel work on this core, from a time on or when the core's earlier kernel work is done.
    /// The context on it is pushed back. Returns the time at which the work ends.
    /// </summary>
    public long DoKernelWork(LedgerAccount account, CostKey key, long count, long atPs)
    {
        var durationPs = checked(costs.Of(key) * count);
        account.Book(key, count, durationPs);
        var startPs = Math.Max(atPs, kernelFreePs);
        kernelFreePs = startPs + durationPs;
        Requests?.CoreOccupied(this, account.Who, key.Name, count, startPs, durationPs);
        Current?.PushBack(startPs, durationPs);
        return kernelFreePs;
    }

    /// <summary>Binds an interrupt vector; a privileged act of the kernel.</summary>
    public void Bind(int vector, VectorBinding binding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vector, 32);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(vector, VectorCount);
        if (bindings.Length <= vector)
            Array.Resize(ref bindings, Math.Min(VectorCount, Math.Max(64, vector * 2)));
        bindings[vector] = binding;
    }

    /// <summary>What a vector is bound to.</summary>
    public VectorBinding BindingOf(int vector) =>
        (uint)vector < (uint)bindings.Length ? bindings[vector] : default;

    /// <summary>Arms the core's timer, which interrupts into the kernel. Arming again replaces it.
    /// </summary>
    public void ArmTimer(long atPs) => Actor.Island.Schedule(
        atPs, Actor, CoreProtocol.TimerExpired.Instance, Actor, ++timerGeneration);

    /// <summary>Disarms the core's timer.</summary>
    public void DisarmTimer() => timerGeneration++;

    internal bool IsTimer(long generation) => generation == timerGeneration;

    internal void Attach(IslandActorRef actor) => Actor = actor;

    internal void Leave(CpuContext context)
    {
        if (!ReferenceEquals(Current, context))
            throw new InvalidOperationException($"core {Number} runs another context");
        Current = null;
        context.LoseCore(context.Owner.Island.NowPs);
    }
}
