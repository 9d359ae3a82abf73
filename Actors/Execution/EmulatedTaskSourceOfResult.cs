namespace Disguise.Actors.Execution;

/// <summary>The completion of one suspended program that has a result.</summary>
internal class EmulatedTaskSource<TResult> : EmulatedTaskSource
{
    public TResult Result { get; private set; } = default!;

    public void Complete(TResult result)
    {
        Result = result;
        Complete();
    }
}
