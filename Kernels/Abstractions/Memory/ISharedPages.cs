namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>Pages that several applications map at once: each finds the others' writes.</summary>
public interface ISharedPages
{
    /// <summary>How many.</summary>
    int Count { get; }

    /// <summary>The frame of a page of it, or <see cref="MemoryAction.NoFrame"/>.</summary>
    long FrameOf(int index);

    /// <summary>A page has been given a frame, of which the object keeps a share.</summary>
    void SetFrame(int index, long frame);

    /// <summary>Gives the object's own shares back; nobody maps it from now on.</summary>
    void Release(IPageFrames pool);
}
