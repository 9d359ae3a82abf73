namespace Disguise.Hardware.Memory;

/// <summary>Sizes of a page, in bytes.</summary>
public enum PageSize
{
    /// <summary>4 KiB, mapped by the last level.</summary>
    Small = 1 << 12,

    /// <summary>2 MiB, mapped by the level above.</summary>
    Large = 1 << 21,
}
