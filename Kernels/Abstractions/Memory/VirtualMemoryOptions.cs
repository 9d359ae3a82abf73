namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>What a virtual-memory library is made of.</summary>
public sealed record VirtualMemoryOptions
{
    /// <summary>Pages of the range that applications may use.</summary>
    public const int RangePages = 1 << 20;

    /// <summary>First page that applications may use.</summary>
    public required long FirstPage { get; init; }

    /// <summary>Most pages that they may use at a time.</summary>
    public int PageLimit { get; init; } = 1 << 16;

    /// <summary>Where frames come from.</summary>
    public required IPageFrames Frames { get; init; }

    /// <summary>Where pages go that have to give their frame up.</summary>
    public required IBackingStore Store { get; init; }

    /// <summary>The page table that keeps it all.</summary>
    public PageTableKind Table { get; init; }

    /// <summary>Who gives a frame up: the name of a policy that comes with the library.</summary>
    public string Policy { get; init; } = "lru";

    /// <summary>An application's own policy in place of that.</summary>
    public IReplacementPolicy? OwnPolicy { get; init; }

    /// <summary>
    /// What hardware notes; where there is nothing of the kind, a page that was not written is
    /// mapped without the right to write, and the fault says that it is.
    /// </summary>
    public IPageUse? Use { get; init; }

    /// <summary>Most frames at a time.</summary>
    public int FrameLimit { get; init; } = int.MaxValue;
}
