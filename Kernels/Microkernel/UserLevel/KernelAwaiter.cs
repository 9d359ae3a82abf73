using System.Runtime.CompilerServices;
using Disguise.Kernels.Microkernel.Ipc;

namespace Disguise.Kernels.Microkernel.UserLevel;

/// <summary>Waits for the kernel to return from a call; gives how it ended.</summary>
public readonly struct KernelAwaiter : ICriticalNotifyCompletion
{
    private readonly UserThread thread;

    internal KernelAwaiter(UserThread thread) => this.thread = thread;

    /// <summary>Never: the kernel has to be asked.</summary>
    public bool IsCompleted => false;

    /// <summary>For <c>await</c>.</summary>
    public KernelAwaiter GetAwaiter() => this;

    /// <summary>How the call ended.</summary>
    public KernelResult GetResult() => thread.Registers.Result;

    /// <inheritdoc/>
    public void OnCompleted(Action next) => thread.Enter(next);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action next) => thread.Enter(next);
}
