using System.Runtime.CompilerServices;

namespace Disguise.LibOS.Waiting;

/// <summary>Waits for a <see cref="Routine"/>; gives whether it did what it is for.</summary>
public readonly struct RoutineAwaiter : ICriticalNotifyCompletion
{
    private readonly Routine routine;

    internal RoutineAwaiter(Routine routine) => this.routine = routine;

    /// <summary>Runs the routine as far as it gets; whether that was its end.</summary>
    public bool IsCompleted => routine.Begin();

    /// <summary>For <c>await</c>.</summary>
    public RoutineAwaiter GetAwaiter() => this;

    /// <summary>The routine's result; throws what the routine threw.</summary>
    public bool GetResult() => routine.End();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => routine.OnEnd(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => routine.OnEnd(continuation);
}
