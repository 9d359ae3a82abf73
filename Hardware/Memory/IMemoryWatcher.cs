namespace Disguise.Hardware.Memory;

/// <summary>
/// Sees writes to a watched line: what a polling context observes when a DMA write invalidates the
/// line in its cache.
/// </summary>
public interface IMemoryWatcher
{
    /// <summary>
    /// Called after all bytes of a write have landed, once for each watched line that it touched,
    /// with the part of the write that lies in that line.
    /// </summary>
    void Written(long physicalAddress, int lengthBytes);
}
