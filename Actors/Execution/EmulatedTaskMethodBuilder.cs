using System.Runtime.CompilerServices;

namespace Disguise.Actors.Execution;

/// <summary>
/// Builds <see cref="EmulatedTask"/>. A program that never suspends allocates nothing; one that
/// does allocates its state once, however often it suspends.
/// </summary>
public struct EmulatedTaskMethodBuilder
{
    private EmulatedTaskSource? source;
    private Action? moveNext;

    /// <summary>The task of the program.</summary>
    public readonly EmulatedTask Task => new(source);

    /// <summary>Called by the compiler.</summary>
    public static EmulatedTaskMethodBuilder Create() => default;

    /// <summary>Called by the compiler.</summary>
    public readonly void Start<TStateMachine>(ref TStateMachine machine)
        where TStateMachine : IAsyncStateMachine => machine.MoveNext();

    /// <summary>Called by the compiler; a boxed machine is not used.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine machine)
    {
    }

    /// <summary>The program has run to its end.</summary>
    public readonly void SetResult() => source?.Complete();

    /// <summary>The program has thrown.</summary>
    public void SetException(Exception cause)
    {
        source ??= new EmulatedTaskSource();
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
        // The builder is part of the machine: copy it only now that it knows its box.
        box.Machine = machine;
        return moveNext;
    }

    private sealed class Box<TStateMachine> : EmulatedTaskSource
        where TStateMachine : IAsyncStateMachine
    {
        public TStateMachine Machine = default!;

        public void MoveNext() => Machine.MoveNext();
    }
}
