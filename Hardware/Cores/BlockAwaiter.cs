using System.Runtime.CompilerServices;

namespace Disguise.Hardware.Cores;

/// <summary>Waits until the context is woken.</summary>
public readonly struct BlockAwaiter : ICriticalNotifyCompletion
{
    private readonly CpuContext context;

    internal BlockAwaiter(CpuContext context) => this.context = context;

    /// <summary>Never.</summary>
    public bool IsCompleted => false;

    /// <summary>For <c>await</c>.</summary>
    public BlockAwaiter GetAwaiter() => this;

    /// <summary>Nothing: the context looks itself at what woke it.</summary>
    public void GetResult()
    {
    }

    /// <inheritdoc/>
    public void OnCompleted(Action next) => context.SuspendForBlock(next);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action next) => context.SuspendForBlock(next);
}
