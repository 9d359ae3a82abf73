using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// One client's part of a backing store that all clients of a pager share: so many slots and no
/// more, so that nobody keeps the others from theirs.
/// </summary>
internal sealed class ClientStore(IBackingStore store, int limit) : IBackingStore
{
    private int taken;

    /// <inheritdoc/>
    public long LatencyPs => store.LatencyPs;

    /// <inheritdoc/>
    public bool TryTake(out long slot)
    {
        slot = -1;
        if (taken >= limit || !store.TryTake(out slot))
            return false;
        taken++;
        return true;
    }

    /// <inheritdoc/>
    public void Share(long slot) => store.Share(slot);

    /// <inheritdoc/>
    public void Release(long slot)
    {
        store.Release(slot);
        taken -= store.SharesOf(slot) == 0 ? 1 : 0;
    }

    /// <inheritdoc/>
    public int SharesOf(long slot) => store.SharesOf(slot);

    /// <inheritdoc/>
    public void Write(long slot, ReadOnlySpan<byte> page) => store.Write(slot, page);

    /// <inheritdoc/>
    public void Read(long slot, Span<byte> page) => store.Read(slot, page);
}
