using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.VirtualMemory;

/// <summary>Frames that a kernel has granted to an application, in the order of the grants.
/// </summary>
public sealed class FramePool : IPageFrames
{
    private readonly List<long> frames = [];
    private readonly SortedDictionary<long, int> numbers = [];
    private SharePool pool = new(0);

    /// <summary>Frames granted.</summary>
    public int Count => frames.Count;

    /// <summary>Frames in use.</summary>
    public int UsedCount => pool.UsedCount;

    /// <summary>Enters the frames of a pool that is not in use yet.</summary>
    public void Grant(IEnumerable<long> granted)
    {
        if (pool.UsedCount > 0)
            throw new InvalidOperationException("frames are granted before the first is used");
        foreach (var frame in granted)
        {
            numbers.Add(frame, frames.Count);
            frames.Add(frame);
        }

        pool = new SharePool(frames.Count);
    }

    /// <inheritdoc/>
    public bool TryTake(out long frame)
    {
        var isTaken = pool.TryTake(out var number);
        frame = isTaken ? frames[number] : MemoryAction.NoFrame;
        return isTaken;
    }

    /// <inheritdoc/>
    public void Share(long frame) => pool.Share(numbers[frame]);

    /// <inheritdoc/>
    public void Release(long frame) => pool.Release(numbers[frame]);

    /// <inheritdoc/>
    public int SharesOf(long frame) => pool.SharesOf(numbers[frame]);
}
