using Disguise.Hardware.Cores;

namespace Disguise.Kernels.Arrakis.Scheduling;

/// <summary>
/// Who waits for which core: one queue for all shared cores and one for each pinned core, first
/// come first served with a time slice (Barrelfish: 80 ms). Pure: it says who runs next and where;
/// the kernel does it.
/// </summary>
internal sealed class RunQueues
{
    /// <summary>Number for a context that may run on any shared core.</summary>
    public const int AnyCore = -1;

    private readonly Queue<CpuContext> shared = new();
    private readonly Queue<CpuContext>?[] pinned;
    private readonly CoreUse[] uses;
    private readonly CpuContext?[] running;

    public RunQueues(int coreCount)
    {
        pinned = new Queue<CpuContext>[coreCount];
        uses = new CoreUse[coreCount];
        running = new CpuContext?[coreCount];
    }

    private enum CoreUse : byte
    {
        Shared,
        Owned,
        Dedicated,
    }

    /// <summary>Takes a core out of sharing for one owner, or none is left: -1.</summary>
    public int TakeOwnCore()
    {
        for (var core = 0; core < uses.Length; core++)
        {
            if (uses[core] == CoreUse.Shared && running[core] is null && pinned[core] is null)
            {
                uses[core] = CoreUse.Owned;
                return core;
            }
        }

        return -1;
    }

    /// <summary>Takes the last core out of sharing for the kernel's own work, or none: -1.
    /// </summary>
    public int TakeDedicatedCore()
    {
        for (var core = uses.Length - 1; core >= 0; core--)
        {
            if (uses[core] == CoreUse.Shared && running[core] is null && pinned[core] is null)
            {
                uses[core] = CoreUse.Dedicated;
                return core;
            }
        }

        return -1;
    }

    /// <summary>Gives a core back to all.</summary>
    public void GiveBack(int core)
    {
        uses[core] = CoreUse.Shared;
        running[core] = null;
    }

    /// <summary>Whether any core is shared.</summary>
    public bool HasSharedCore()
    {
        foreach (var use in uses)
        {
            if (use == CoreUse.Shared)
                return true;
        }

        return false;
    }

    /// <summary>Whether a core may be pinned to.</summary>
    public bool MayPin(int core) => core < uses.Length && uses[core] == CoreUse.Shared;

    /// <summary>Whether a core belongs to one container.</summary>
    public bool IsOwned(int core) => uses[core] == CoreUse.Owned;

    /// <summary>
    /// A context became ready. Returns the idle core that it gets, the preferred one if that is
    /// idle, or -1: it waits.
    /// </summary>
    public int Ready(CpuContext context, int affinity, int preferredCore)
    {
        if (affinity != AnyCore)
        {
            pinned[affinity] ??= new Queue<CpuContext>();
            if (IsIdle(affinity))
                return Start(context, affinity);
            pinned[affinity]!.Enqueue(context);
            return -1;
        }

        if (preferredCore >= 0 && IsIdle(preferredCore))
            return Start(context, preferredCore);
        for (var core = 0; core < uses.Length; core++)
        {
            if (IsIdle(core))
                return Start(context, core);
        }

        shared.Enqueue(context);
        return -1;
    }

    /// <summary>A core's context has left it. Returns who runs next there, or none.</summary>
    public CpuContext? Next(int core)
    {
        running[core] = null;
        while (TryDequeue(core, out var context))
        {
            if (context.State == ContextState.Ready)
            {
                running[core] = context;
                return context;
            }
        }

        return null;
    }

    /// <summary>Whether somebody waits for this core.</summary>
    public bool HasWaiting(int core) =>
        pinned[core] is { Count: > 0 } || (uses[core] == CoreUse.Shared && shared.Count > 0);

    private bool TryDequeue(int core, out CpuContext context)
    {
        if (pinned[core] is { Count: > 0 } own)
        {
            context = own.Dequeue();
            return true;
        }

        if (uses[core] == CoreUse.Shared && shared.Count > 0)
        {
            context = shared.Dequeue();
            return true;
        }

        context = null!;
        return false;
    }

    private bool IsIdle(int core) => uses[core] == CoreUse.Shared && running[core] is null;

    private int Start(CpuContext context, int core)
    {
        running[core] = context;
        return core;
    }
}
