namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>
/// Where pages go that have no frame: slots of a page each, which several may share. Its content
/// is there as long as somebody has a share.
/// </summary>
public interface IBackingStore
{
    /// <summary>How long a page is under way to it or from it, picoseconds.</summary>
    long LatencyPs { get; }

    /// <summary>Takes a slot that nobody uses. False when there is none.</summary>
    bool TryTake(out long slot);

    /// <summary>One more uses a slot.</summary>
    void Share(long slot);

    /// <summary>One less does; the last gives it back.</summary>
    void Release(long slot);

    /// <summary>How many use it.</summary>
    int SharesOf(long slot);

    /// <summary>Keeps a page.</summary>
    void Write(long slot, ReadOnlySpan<byte> page);

    /// <summary>Gives a page that was kept.</summary>
    void Read(long slot, Span<byte> page);
}
