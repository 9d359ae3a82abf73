using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.VirtualMemory;

/// <summary>Pages that several map at once; a frame is taken for one when it is first touched.
/// </summary>
public sealed class SharedPages : ISharedPages
{
    private readonly long[] frames;

    /// <summary>So many pages, none of which has a frame.</summary>
    public SharedPages(int count)
    {
        frames = new long[count];
        Array.Fill(frames, MemoryAction.NoFrame);
    }

    /// <inheritdoc/>
    public int Count => frames.Length;

    /// <inheritdoc/>
    public long FrameOf(int index) => frames[index];

    /// <inheritdoc/>
    public void SetFrame(int index, long frame)
    {
        if (frames[index] != MemoryAction.NoFrame)
            throw new InvalidOperationException($"page {index} has a frame");
        frames[index] = frame;
    }

    /// <inheritdoc/>
    public void Release(IPageFrames pool)
    {
        for (var index = 0; index < frames.Length; index++)
        {
            if (frames[index] != MemoryAction.NoFrame)
                pool.Release(frames[index]);
            frames[index] = MemoryAction.NoFrame;
        }
    }
}
