using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.VirtualMemory;

/// <summary>Makes virtual memory of this library, for whoever links it.</summary>
public sealed class VirtualMemoryLibrary : IVirtualMemoryLibrary
{
    private VirtualMemoryLibrary()
    {
    }

    /// <summary>The only one: it holds nothing.</summary>
    public static VirtualMemoryLibrary Instance { get; } = new();

    /// <inheritdoc/>
    public IVirtualMemory Make(VirtualMemoryOptions options) =>
        new VirtualAddressSpace(options);

    /// <inheritdoc/>
    public IBackingStore MakeStore(int slots, long latencyPs) =>
        new MemoryBackingStore(slots, latencyPs);

    /// <inheritdoc/>
    public ISharedPages MakeShared(int pages) => new SharedPages(pages);
}
