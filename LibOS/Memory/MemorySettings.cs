using Disguise.Actors.Time;
using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.Memory;

/// <summary>
/// What an application wants of its virtual memory. Where a kernel or a pager implements it, only
/// the limit is the application's to choose.
/// </summary>
public sealed record MemorySettings
{
    /// <summary>The page table that its library keeps.</summary>
    public PageTableKind Table { get; init; }

    /// <summary>Which page gives its frame up: the name of a policy.</summary>
    public string Policy { get; init; } = "lru";

    /// <summary>A policy of the application's own in place of that.</summary>
    public IReplacementPolicy? OwnPolicy { get; init; }

    /// <summary>Most frames that it has at a time.</summary>
    public int FrameLimit { get; init; } = 1_024;

    /// <summary>How long a page is under way to the backing store or from it: a solid-state
    /// disk.</summary>
    public long StoreLatencyPs { get; init; } = 100 * Picoseconds.PerMicrosecond;
}
