namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>
/// A library of virtual memory. Kernels and pagers contain one without knowing which; applications
/// link it themselves.
/// </summary>
public interface IVirtualMemoryLibrary
{
    /// <summary>The memory of an application, with nothing in use.</summary>
    IVirtualMemory Make(VirtualMemoryOptions options);

    /// <summary>A backing store in memory, of so many pages and with a stated latency.</summary>
    IBackingStore MakeStore(int slots, long latencyPs);

    /// <summary>Pages for several to map, none of which has a frame yet.</summary>
    ISharedPages MakeShared(int pages);
}
