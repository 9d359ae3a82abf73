namespace Disguise.Kernels.Monolithic.Execution;

/// <summary>
/// A cache line of the kernel's that several cores write: who did not write it last has to fetch
/// it from who did.
/// </summary>
internal sealed class SharedLine
{
    private const int Nobody = -1;

    private int owner = Nobody;

    /// <summary>Times that it went from one core to another.</summary>
    public long MoveCount { get; private set; }

    /// <summary>A core writes the line; whether another one did before.</summary>
    public bool IsRemote(int core)
    {
        var isRemote = owner != core && owner != Nobody;
        owner = core;
        if (isRemote)
            MoveCount++;
        return isRemote;
    }
}
