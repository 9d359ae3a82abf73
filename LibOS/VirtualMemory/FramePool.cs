using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.VirtualMemory;

/// <summary>Frames that a kernel has granted to an application, in the order of the grants.
/// </summary>
public sealed class FramePool : IPageFrames
{
    private readonly List<long> frames = [];
    private readonly SortedDictionary<long, int> numbers = [];
    private readonly SortedSet<long> away = [];
    private SharePool pool = new(0);

    /// <summary>Frames granted and not gone.</summary>
    public int Count => frames.Count - away.Count;

    /// <summary>Frames in use.</summary>
    public int UsedCount => pool.UsedCount;

    /// <summary>Frames that nobody uses.</summary>
    public int CountFree() => All.Count(frame => SharesOf(frame) == 0);

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

    /// <summary>Those, in the order of the grants.</summary>
    public IEnumerable<long> All => frames.Where(frame => !away.Contains(frame));

    /// <summary>Whether a frame was granted and is not gone.</summary>
    public bool Has(long frame) => numbers.ContainsKey(frame) && !away.Contains(frame);

    /// <summary>A frame is gone, given back or taken, in use or not.</summary>
    public void Leave(long frame)
    {
        if (numbers.ContainsKey(frame))
            away.Add(frame);
    }

    /// <summary>A frame has come, or come back; nobody uses it.</summary>
    public void Join(long frame)
    {
        if (!numbers.TryGetValue(frame, out var number))
        {
            numbers.Add(frame, frames.Count);
            frames.Add(frame);
            pool.Grow();
            return;
        }

        if (!away.Remove(frame))
            throw new InvalidOperationException($"frame {frame} is there already");
        while (pool.SharesOf(number) > 0)
            pool.Release(number);
    }

    /// <inheritdoc/>
    public bool TryTake(out long frame)
    {
        // What is gone and was not in use is taken for ever when its turn comes.
        while (pool.TryTake(out var number))
        {
            frame = frames[number];
            if (!away.Contains(frame))
                return true;
        }

        frame = MemoryAction.NoFrame;
        return false;
    }

    /// <inheritdoc/>
    public void Share(long frame) => pool.Share(numbers[frame]);

    /// <inheritdoc/>
    public void Release(long frame) => pool.Release(numbers[frame]);

    /// <inheritdoc/>
    public int SharesOf(long frame) => pool.SharesOf(numbers[frame]);
}
