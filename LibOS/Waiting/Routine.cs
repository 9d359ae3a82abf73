using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Disguise.Actors.Islands;

namespace Disguise.LibOS.Waiting;

/// <summary>
/// A routine of the library that may have to wait several times, made once and awaited for every
/// packet: an async method would allocate its state each time that it waits.
/// </summary>
public abstract class Routine
{
    private readonly Action step;
    private Action? next;
    private ExceptionDispatchInfo? failure;

    /// <summary>Makes a routine that is not under way.</summary>
    protected Routine() => step = Step;

    /// <summary>What the awaiting program gets: whether the routine did what it is for.</summary>
    protected bool Result { get; set; }

    /// <summary>Starts it. Await the result before starting it again.</summary>
    protected RoutineAwaiter Start()
    {
        if (next is not null)
            throw new InvalidOperationException("a routine is awaited by one program at a time");
        return new RoutineAwaiter(this);
    }

    /// <summary>
    /// Goes on from where it is. True when it has ended, false when it has suspended itself.
    /// </summary>
    protected abstract bool Advance();

    /// <summary>Suspends the routine, unless what it waits for is there already. True when it is
    /// suspended: return false from <see cref="Advance"/>.</summary>
    protected bool Suspends<TAwaiter>(TAwaiter awaiter, bool isCompleted)
        where TAwaiter : ICriticalNotifyCompletion
    {
        if (isCompleted)
            return false;
        awaiter.UnsafeOnCompleted(step);
        return true;
    }

    internal bool Begin() => Advance();

    internal void OnEnd(Action continuation) => next = continuation;

    internal bool End()
    {
        var cause = failure;
        failure = null;
        cause?.Throw();
        return Result;
    }

    private void Step()
    {
        bool hasEnded;
        try
        {
            hasEnded = Advance();
        }
        catch (ComponentFailureException crash)
        {
            // The program that awaits is to see it, not whoever resumed the context.
            failure = ExceptionDispatchInfo.Capture(crash);
            hasEnded = true;
        }

        if (!hasEnded)
            return;
        var continuation = next!;
        next = null;
        continuation();
    }
}
