namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>How a virtual-memory library finds a page: the choice of who links it.</summary>
public enum PageTableKind
{
    /// <summary>A vector sorted by page, searched by halves, as ExOS had it (SOSP 1995, 6.2).
    /// </summary>
    Linear,

    /// <summary>Inverted: found by a hash of the page (SOSP 1995, table 13).</summary>
    Inverted,
}
