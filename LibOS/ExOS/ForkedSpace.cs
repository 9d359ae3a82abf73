using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.VirtualMemory;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// What a child's library begins with: a copy of its parent's tables, the frames and the backing
/// store that both take from, and what the parent had the kernel bind for it. Empty where the
/// parent has no virtual memory.
/// </summary>
internal sealed class ForkedSpace
{
    /// <summary>Whether everything was bound; else the child ends before it begins.</summary>
    public bool IsWhole { get; set; }

    /// <summary>The child's tables.</summary>
    public VirtualAddressSpace? Library { get; set; }

    /// <summary>Where pages go that have no frame.</summary>
    public IBackingStore? Store { get; set; }

    /// <summary>The parent's frames.</summary>
    public EnvironmentFrames? Frames { get; set; }

    /// <summary>The page from which the next mapping goes.</summary>
    public long NextPage { get; set; }

    /// <summary>Pages that are bound, each with its frame.</summary>
    public SortedDictionary<long, long> Bound { get; } = [];
}
