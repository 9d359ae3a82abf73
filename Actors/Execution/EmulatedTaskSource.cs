using System.Runtime.ExceptionServices;

namespace Disguise.Actors.Execution;

/// <summary>The completion of one suspended program.</summary>
internal class EmulatedTaskSource
{
    private Action? continuation;
    private ExceptionDispatchInfo? failure;

    public bool IsCompleted { get; private set; }

    public void OnCompleted(Action action)
    {
        if (IsCompleted)
        {
            action();
            return;
        }

        if (continuation is not null)
            throw new InvalidOperationException("an emulated task is awaited once");
        continuation = action;
    }

    public void Complete()
    {
        IsCompleted = true;
        var action = continuation;
        continuation = null;
        action?.Invoke();
    }

    public void Fail(Exception cause)
    {
        failure = ExceptionDispatchInfo.Capture(cause);
        Complete();
    }

    public void ThrowIfFailed() => failure?.Throw();
}
