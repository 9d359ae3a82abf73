using Disguise.Actors.Ledgers;

namespace Disguise.LibOS.VirtualMemory;

/// <summary>Finds the entry of a page.</summary>
internal interface IPageTable
{
    /// <summary>Entries in it.</summary>
    int Count { get; }

    /// <summary>What one search costs.</summary>
    CostKey LookupCost { get; }

    /// <summary>The entry of a page, or none.</summary>
    PageEntry? Find(long page);

    /// <summary>Enters pages in a row, none of which is in it.</summary>
    void Add(IReadOnlyList<PageEntry> entries);

    /// <summary>Takes pages in a row out, all of which are in it.</summary>
    void Remove(long firstPage, int pages);

    /// <summary>All entries by page.</summary>
    IReadOnlyList<PageEntry> InOrder();
}
