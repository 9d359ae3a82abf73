namespace Disguise.Hardware.Memory;

/// <summary>Frames in a row that have one owner.</summary>
public readonly record struct FrameExtent(OwnerId Owner, long FirstFrame, long FrameCount)
{
    /// <summary>Number of the frame behind the last one.</summary>
    public long EndFrame => FirstFrame + FrameCount;
}
