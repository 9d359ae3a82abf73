namespace Disguise.Hardware.Memory;

/// <summary>Table frames that are taken from an allocator in the name of one owner.</summary>
public sealed class OwnedTableFrames(
    FrameAllocator allocator, PhysicalMemory memory, OwnerId owner) : ITableFrames
{
    /// <inheritdoc/>
    public bool TryAllocate(out long frameNumber) => allocator.TryAllocate(owner, out frameNumber);

    /// <inheritdoc/>
    public void Release(long frameNumber)
    {
        allocator.Free(owner, frameNumber);
        memory.ReleaseFrame(frameNumber);
    }
}
