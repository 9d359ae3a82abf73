using Disguise.Hardware.Memory;

namespace Disguise.LibOS.Domains;

/// <summary>Where a domain's own page tables and frames stand.</summary>
/// <param name="FirstGuestFrame">Guest frame of the extent: tables first, then frames.</param>
/// <param name="Tables">Tables, for 512 pages each.</param>
/// <param name="Frames">Frames behind them.</param>
internal readonly record struct OwnTablesLayout(long FirstGuestFrame, int Tables, int Frames)
{
    /// <summary>Tables that a domain links: for 16,384 pages.</summary>
    public const int TableCount = 32;

    /// <summary>First page that they translate: at 4 GiB.</summary>
    public long FirstPage => 1L << 20;

    /// <summary>First page at which the domain sees the extent: at 3 GiB.</summary>
    public long WindowPage => 3L << 18;

    /// <summary>Pages that they translate.</summary>
    public int Pages => Tables * PageTableEntry.PerTable;

    /// <summary>Pages of the extent.</summary>
    public int ExtentPages => Tables + Frames;
}
