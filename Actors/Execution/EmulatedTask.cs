using System.Runtime.CompilerServices;

namespace Disguise.Actors.Execution;

/// <summary>
/// What an emulated program's <c>async</c> method returns. It suspends where the program waits in
/// virtual time and is resumed by its island on the same thread: no task, no thread pool, no
/// captured context. Await each one once.
/// </summary>
[AsyncMethodBuilder(typeof(EmulatedTaskMethodBuilder))]
public readonly struct EmulatedTask
{
    private readonly EmulatedTaskSource? source;

    internal EmulatedTask(EmulatedTaskSource? source) => this.source = source;

    /// <summary>A task that has run to its end.</summary>
    public static EmulatedTask Completed => default;

    /// <summary>Whether the program has run to its end or failed.</summary>
    public bool IsCompleted => source is null || source.IsCompleted;

    /// <summary>Throws what the program threw; the task must be completed.</summary>
    public void GetResult() => source?.ThrowIfFailed();

    /// <summary>Calls back when the task completes; at once if it has.</summary>
    public void WhenCompleted(Action continuation)
    {
        if (source is null)
            continuation();
        else
            source.OnCompleted(continuation);
    }

    /// <summary>For <c>await</c>.</summary>
    public Awaiter GetAwaiter() => new(this);

    /// <summary>Waits for the task.</summary>
    public readonly struct Awaiter : ICriticalNotifyCompletion
    {
        private readonly EmulatedTask task;

        internal Awaiter(EmulatedTask task) => this.task = task;

        /// <summary>Whether the task has completed.</summary>
        public bool IsCompleted => task.IsCompleted;

        /// <summary>The task's end; throws what the program threw.</summary>
        public void GetResult() => task.GetResult();

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => task.WhenCompleted(continuation);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation) => task.WhenCompleted(continuation);
    }
}
