using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// The frames of one client out of a pool that all clients of a pager share. What the client's
/// library has given up stays held, for itself alone, until <see cref="Settle"/>: until then the
/// client may still have it mapped, and an action may still read it, while another thread of the
/// pager takes frames from the pool.
/// </summary>
internal sealed class HeldFrames(IPageFrames pool) : IPageFrames
{
    private readonly Queue<long> givenUp = [];

    /// <inheritdoc/>
    public bool TryTake(out long frame) =>
        givenUp.TryDequeue(out frame) || pool.TryTake(out frame);

    /// <inheritdoc/>
    public void Share(long frame) => pool.Share(frame);

    /// <inheritdoc/>
    public void Release(long frame)
    {
        if (pool.SharesOf(frame) > 1)
            pool.Release(frame);
        else
            givenUp.Enqueue(frame);
    }

    /// <inheritdoc/>
    public int SharesOf(long frame) => pool.SharesOf(frame);

    /// <summary>Whether anything is held.</summary>
    public bool IsHolding => givenUp.Count > 0;

    /// <summary>The actions are carried out: what was given up is everybody's.</summary>
    public void Settle()
    {
        while (givenUp.TryDequeue(out var frame))
            pool.Release(frame);
    }
}
