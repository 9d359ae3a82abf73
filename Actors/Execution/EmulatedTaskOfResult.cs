using System.Runtime.CompilerServices;

namespace Disguise.Actors.Execution;

/// <summary>As <see cref="EmulatedTask"/>, with a result.</summary>
[AsyncMethodBuilder(typeof(EmulatedTaskMethodBuilder<>))]
public readonly struct EmulatedTask<TResult>
{
    private readonly EmulatedTaskSource<TResult>? source;
    private readonly TResult? result;

    internal EmulatedTask(EmulatedTaskSource<TResult> source) => this.source = source;

    /// <summary>A task that has completed with a result.</summary>
    public EmulatedTask(TResult result) => this.result = result;

    /// <summary>Whether the result is there or the program has failed.</summary>
    public bool IsCompleted => source is null || source.IsCompleted;

    /// <summary>The result; throws what the program threw. The task must be completed.</summary>
    public TResult GetResult()
    {
        if (source is null)
            return result!;
        source.ThrowIfFailed();
        return source.Result;
    }

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
        private readonly EmulatedTask<TResult> task;

        internal Awaiter(EmulatedTask<TResult> task) => this.task = task;

        /// <summary>Whether the task has completed.</summary>
        public bool IsCompleted => task.IsCompleted;

        /// <summary>The result; throws what the program threw.</summary>
        public TResult GetResult() => task.GetResult();

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => task.WhenCompleted(continuation);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation) => task.WhenCompleted(continuation);
    }
}
