using System.Runtime.CompilerServices;

namespace Disguise.Actors.Execution;

/// <summary>Builds <see cref="EmulatedTask{TResult}"/>.</summary>
public struct EmulatedTaskMethodBuilder<TResult>
{
    private EmulatedTaskSource<TResult>? source;
    private Action? moveNext;
    private TResult result;

    /// <summary>The task of the program.</summary>
    public readonly EmulatedTask<TResult> Task =>
        source is null ? new EmulatedTask<TResult>(result) : new EmulatedTask<TResult>(source);

    /// <summary>Called by the compiler.</summary>
    public static EmulatedTaskMethodBuilder<TResult> Create() => default;

    /// <summary>Called by the compiler.</summary>
    public readonly void Start<TStateMachine>(ref TStateMachine machine)
        where TStateMachine : IAsyncStateMachine => machine.MoveNext();

    /// <summary>Called by the compiler; a boxed machine is not used.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine machine)
    {
    }

    /// <summary>The program has its result.</summary>
    public void SetResult(TResult value)
    {
        if (source is null)
            result = value;
        else
            source.Complete(value);
    }

    /// <summary>The program has thrown.</summary>
    public void SetException(Exception cause)
    {
        source ??= new EmulatedTaskSource<TResult>();
        source.Fail(cause);
    }

    /// <summary>The program waits.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(
        ref TAwaiter awaiter, ref TStateMachine machine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine =>
        awaiter.OnCompleted(MoveNextOf(ref machine));

    /// <summary>The program waits.</summary>
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(
        ref TAwaiter awaiter, ref TStateMachine machine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine =>
        awaiter.UnsafeOnCompleted(MoveNextOf(ref machine));

    private Action MoveNextOf<TStateMachine>(ref TStateMachine machine)
        where TStateMachine : IAsyncStateMachine
    {
        if (moveNext is not null)
            return moveNext;
        var box = new Box<TStateMachine>();
        source = box;
        moveNext = box.MoveNext;
        box.Machine = machine;
        return moveNext;
    }

    private sealed class Box<TStateMachine> : EmulatedTaskSource<TResult>
        where TStateMachine : IAsyncStateMachine
    {
        public TStateMachine Machine = default!;

        public void MoveNext() => Machine.MoveNext();
    }
}
