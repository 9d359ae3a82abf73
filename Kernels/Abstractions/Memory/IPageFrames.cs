namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>
/// The frames that a virtual-memory library may use, each with the number of those who share it.
/// </summary>
public interface IPageFrames
{
    /// <summary>Takes a frame that nobody uses. False when there is none.</summary>
    bool TryTake(out long frame);

    /// <summary>One more uses a frame.</summary>
    void Share(long frame);

    /// <summary>
    /// One less does; the last gives it back. Its bytes stay until the actions that were decided
    /// with it are carried out.
    /// </summary>
    void Release(long frame);

    /// <summary>How many use it.</summary>
    int SharesOf(long frame);
}
