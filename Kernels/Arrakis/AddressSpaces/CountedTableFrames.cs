using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Arrakis.AddressSpaces;

/// <summary>Frames for the page tables of one container, counted.</summary>
internal sealed class CountedTableFrames(ITableFrames frames) : ITableFrames
{
    /// <summary>Frames taken and not given back.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public bool TryAllocate(out long frameNumber)
    {
        if (!frames.TryAllocate(out frameNumber))
            return false;
        Count++;
        return true;
    }

    /// <inheritdoc/>
    public void Release(long frameNumber)
    {
        frames.Release(frameNumber);
        Count--;
    }
}
