namespace Disguise.Kernels.Exokernel.Regions;

/// <summary>Why a call about a software region is refused.</summary>
public enum RegionRefusal : byte
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The range is empty, or reaches beyond its frame or its region.</summary>
    BadRange,

    /// <summary>Another region has bytes of the range.</summary>
    Overlaps,

    /// <summary>The environment may not withdraw the frame from being mapped.</summary>
    FrameNotGiven,

    /// <summary>The machine has as many regions as it can.</summary>
    TooMany,

    /// <summary>There is no such region, or no longer.</summary>
    NoSuchRegion,

    /// <summary>What was shown does not open the region for this.</summary>
    NotOpened,

    /// <summary>The region is another's.</summary>
    NotTheOwner,
}
