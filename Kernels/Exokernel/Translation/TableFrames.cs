using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Frames;

namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>
/// The frames of one environment's page tables: from the book like all others and counted to their
/// environment, which may read them. One that is given back has to be unbound wherever it was
/// bound for reading.
/// </summary>
internal sealed class TableFrames(
    FrameBook frames, PhysicalMemory memory, int environment, Capability owner) : ITableFrames
{
    private readonly List<long> released = [];

    /// <inheritdoc/>
    public bool TryAllocate(out long frameNumber)
    {
        if (frames.CheckAllocate(environment, FrameBook.Any, out frameNumber)
            != ExokernelRefusal.None)
        {
            return false;
        }

        frames.Allocate(environment, frameNumber, owner, FrameUse.Table);
        return true;
    }

    /// <inheritdoc/>
    public void Release(long frameNumber)
    {
        frames.Free(frameNumber);
        memory.ReleaseFrame(frameNumber);
        released.Add(frameNumber);
    }

    /// <summary>Whether frames were given back since this was last asked.</summary>
    public bool HasReleased => released.Count > 0;

    /// <summary>Moves the frames given back since this was last asked to a list.</summary>
    public void TakeReleased(List<long> given)
    {
        given.AddRange(released);
        released.Clear();
    }
}
