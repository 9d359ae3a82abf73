using System.Runtime.CompilerServices;

namespace Disguise.Hardware.Cores;

/// <summary>Waits until the island has reached the context's clock.</summary>
public readonly struct SyncAwaiter : ICriticalNotifyCompletion
{
    private readonly CpuContext context;
    private readonly bool skip;

    internal SyncAwaiter(CpuContext context, bool skip = false)
    {
        this.context = context;
        this.skip = skip;
    }

    /// <summary>Whether the island is there already.</summary>
    public bool IsCompleted => skip || context.IsInSync;

    /// <summary>For <c>await</c>.</summary>
    public SyncAwaiter GetAwaiter() => this;

    /// <summary>Nothing: time has passed.</summary>
    public void GetResult()
    {
    }

    /// <inheritdoc/>
    public void OnCompleted(Action next) => context.SuspendForSync(next);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action next) => context.SuspendForSync(next);
}
