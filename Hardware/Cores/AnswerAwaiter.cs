using System.Runtime.CompilerServices;

namespace Disguise.Hardware.Cores;

/// <summary>Waits for the answer to a system call or to the read of a register.</summary>
public readonly struct AnswerAwaiter : ICriticalNotifyCompletion
{
    private readonly CpuContext context;

    internal AnswerAwaiter(CpuContext context) => this.context = context;

    /// <summary>Never.</summary>
    public bool IsCompleted => false;

    /// <summary>For <c>await</c>.</summary>
    public AnswerAwaiter GetAwaiter() => this;

    /// <summary>Nothing: the owner keeps the answer.</summary>
    public void GetResult()
    {
    }

    /// <inheritdoc/>
    public void OnCompleted(Action next) => context.SuspendForAnswer(next);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action next) => context.SuspendForAnswer(next);
}
