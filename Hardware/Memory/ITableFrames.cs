namespace Disguise.Hardware.Memory;

/// <summary>Where page tables get the frames that they stand in.</summary>
public interface ITableFrames
{
    /// <summary>
    /// Takes a frame whose bytes are all zero. False when there is none left.
    /// For the first of two stages the number is that of a guest frame.
    /// </summary>
    bool TryAllocate(out long frameNumber);

    /// <summary>Gives a frame back; whoever gets it next must find it zero.</summary>
    void Release(long frameNumber);
}
