namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>Why a call about virtual memory did nothing.</summary>
public enum MemoryRefusal
{
    /// <summary>It was done.</summary>
    None,

    /// <summary>Not one page and more of the range that applications have.</summary>
    BadRange,

    /// <summary>A page of the range is in use.</summary>
    AlreadyMapped,

    /// <summary>A page of the range is not in use.</summary>
    NotMapped,

    /// <summary>As many pages are in use as may be.</summary>
    TooManyPages,

    /// <summary>Neither a frame nor a place on the backing store is left.</summary>
    OutOfMemory,
}
