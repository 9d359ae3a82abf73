namespace Disguise.Hardware.Memory;

/// <summary>How <see cref="PageTable.Map"/> ended.</summary>
public enum MapResult
{
    /// <summary>The page is mapped.</summary>
    Mapped,

    /// <summary>Something is mapped there. Nothing changed.</summary>
    AlreadyMapped,

    /// <summary>No frame was left for a table. Nothing changed.</summary>
    OutOfFrames,

    /// <summary>
    /// The virtual address is not canonical, or an address is not a multiple of the page size or
    /// has more than 52 bits. Nothing changed.
    /// </summary>
    BadAddress,
}
