using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Monolithic.Processes;

namespace Disguise.Kernels.Monolithic.Pipes;

/// <summary>Shared memory that processes map by its key, until the last of them has ended.
/// </summary>
internal sealed class SharedSegment(long key, int number, ISharedPages pages)
{
    /// <summary>By what it is found.</summary>
    public long Key => key;

    /// <summary>The identifier that processes are given.</summary>
    public int Number => number;

    /// <summary>Its pages.</summary>
    public ISharedPages Pages => pages;

    /// <summary>Who has asked for it, in their order.</summary>
    public List<Process> Users { get; } = [];
}
