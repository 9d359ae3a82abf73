using Disguise.Hardware.Cores;

namespace Disguise.Kernels.Arrakis.Scheduling;

/// <summary>
/// Who runs on which core and who waits: one queue for all shared cores and one for each core
/// that contexts are pinned to; of the two heads the one that has waited longer is next. Pure: it
/// says who runs next and where; the scheduler does it.
/// </summary>
internal sealed class RunQueues
{
    /// <summary>Number for a context that may run on any shared core.</summary>
    public const int AnyCore = -1;

    private readonly Queue<Waiting> shared = new();
    private readonly Queue<Waiting>?[] pinned;
    private readonly CoreUse[] uses;
    private readonly ScheduledContext?[] running;
    private readonly int[] pins;
    private long tickets;

    public RunQueues(int coreCount)
    {
        pinned = new Queue<Waiting>[coreCount];
        uses = new CoreUse[coreCount];
        running = new ScheduledContext?[coreCount];
        pins = new int[coreCount];
    }

    private enum CoreUse : byte
    {
        Shared,
        Owned,
        Dedicated,
    }

    /// <summary>Cores that nobody owns.</summary>
    public int SharedCoreCount => uses.Count(use => use == CoreUse.Shared);

    /// <summary>
    /// Takes a core out of sharing for one owner, an idle one if there is any. -1 when none is
    /// left but <paramref name="keep"/>, or containers are pinned to those left. A context that
    /// runs on it has to leave.
    /// </summary>
    public int TakeOwnCore(int keep)
    {
        if (SharedCoreCount <= keep)
            return -1;
        var chosen = -1;
        for (var core = 0; core < uses.Length; core++)
        {
            if (uses[core] != CoreUse.Shared || pins[core] > 0)
                continue;
            if (running[core] is null)
            {
                chosen = core;
                break;
            }

            if (chosen < 0)
                chosen = core;
        }

        if (chosen >= 0)
            uses[chosen] = CoreUse.Owned;
        return chosen;
    }

    /// <summary>Takes the last core out of sharing for the kernel's own work; it must be idle.
    /// </summary>
    public int TakeDedicatedCore()
    {
        var core = uses.Length - 1;
        if (uses[core] != CoreUse.Shared || running[core] is not null)
            throw new InvalidOperationException($"core {core} is not free to be dedicated");
        uses[core] = CoreUse.Dedicated;
        return core;
    }

    /// <summary>Gives an owned core back to all.</summary>
    public void GiveBack(int core) => uses[core] = CoreUse.Shared;

    /// <summary>Whether a core may be pinned to.</summary>
    public bool MayPin(int core) => (uint)core < (uint)uses.Length && IsShared(core);

    /// <summary>Whether nobody owns a core.</summary>
    public bool IsShared(int core) => uses[core] == CoreUse.Shared;

    /// <summary>Whether a core belongs to one container.</summary>
    public bool IsOwned(int core) => uses[core] == CoreUse.Owned;

    /// <summary>Whether a core runs nothing.</summary>
    public bool IsIdle(int core) => running[core] is null;

    /// <summary>What runs on a core.</summary>
    public ScheduledContext? RunningOn(int core) => running[core];

    /// <summary>The first shared core that is idle, else the first shared one, else none: -1.
    /// </summary>
    public int AnySharedCore()
    {
        var chosen = -1;
        for (var core = 0; core < uses.Length; core++)
        {
            if (uses[core] != CoreUse.Shared)
                continue;
            if (running[core] is null)
                return core;
            if (chosen < 0)
                chosen = core;
        }

        return chosen;
    }

    /// <summary>
    /// The idle core on which a context may run, the preferred one if it may be that; -1 when it
    /// has to wait.
    /// </summary>
    public int IdleCoreFor(ScheduledContext context, int preferredCore)
    {
        if (context.Affinity != AnyCore)
            return running[context.Affinity] is null ? context.Affinity : -1;
        if (preferredCore >= 0 && IsShared(preferredCore) && running[preferredCore] is null)
            return preferredCore;
        var core = AnySharedCore();
        return core >= 0 && running[core] is null ? core : -1;
    }

    /// <summary>A context gets an idle core.</summary>
    public void Run(ScheduledContext context, int core)
    {
        if (running[core] is not null)
            throw new InvalidOperationException($"core {core} runs another context");
        running[core] = context;
    }

    /// <summary>What ran on a core has left it.</summary>
    public void Leave(int core) => running[core] = null;

    /// <summary>A context waits for a core.</summary>
    public void Enqueue(ScheduledContext context)
    {
        if (context.IsQueued)
            throw new InvalidOperationException("a context waits for a core twice");
        context.IsQueued = true;
        var waiting = new Waiting(context, tickets++);
        if (context.Affinity == AnyCore)
            shared.Enqueue(waiting);
        else
            (pinned[context.Affinity] ??= new Queue<Waiting>()).Enqueue(waiting);
    }

    /// <summary>A container is pinned to a core: nobody gets it as its own meanwhile.</summary>
    public void Pin(int core) => pins[core]++;

    /// <summary>A container that was pinned to a core has ended.</summary>
    public void Unpin(int core) => pins[core]--;

    /// <summary>Takes who has waited longest for this core, or none.</summary>
    public ScheduledContext? TakeNext(int core)
    {
        DropEnded(shared);
        DropEnded(pinned[core]);
        var mayShare = IsShared(core) && shared.Count > 0;
        var own = pinned[core] is { Count: > 0 } queue ? queue : null;
        if (own is not null && (!mayShare || own.Peek().Ticket < shared.Peek().Ticket))
            return Take(own);
        return mayShare ? Take(shared) : null;
    }

    /// <summary>Whether somebody waits for this core.</summary>
    public bool HasWaiting(int core)
    {
        DropEnded(shared);
        DropEnded(pinned[core]);
        return pinned[core] is { Count: > 0 } || (IsShared(core) && shared.Count > 0);
    }

    private static ScheduledContext Take(Queue<Waiting> queue)
    {
        var context = queue.Dequeue().Context;
        context.IsQueued = false;
        return context;
    }

    /// <summary>Contexts that ended while they waited leave when they come to the head.</summary>
    private static void DropEnded(Queue<Waiting>? queue)
    {
        while (queue is { Count: > 0 }
            && queue.Peek().Context.Context.State == ContextState.Finished)
        {
            queue.Dequeue().Context.IsQueued = false;
        }
    }

    private readonly record struct Waiting(ScheduledContext Context, long Ticket);
}
