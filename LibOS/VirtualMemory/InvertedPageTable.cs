using Disguise.Actors.Ledgers;
using Disguise.Kernels.Profiles;

namespace Disguise.LibOS.VirtualMemory;

/// <summary>
/// A page table found by a hash of the page, as the second of the two that the paper runs the same
/// application on (Engler, Kaashoek and O'Toole, SOSP 1995, table 13).
/// </summary>
internal sealed class InvertedPageTable : IPageTable
{
    private const int AnchorCount = 1 << 10;

    private readonly PageEntry?[] anchors = new PageEntry?[AnchorCount];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public CostKey LookupCost => ExokernelCosts.PageTableLookupInverted;

    /// <inheritdoc/>
    public PageEntry? Find(long page)
    {
        var entry = anchors[AnchorOf(page)];
        while (entry is not null && entry.Page != page)
            entry = entry.Next;
        return entry;
    }

    /// <inheritdoc/>
    public void Add(IReadOnlyList<PageEntry> added)
    {
        foreach (var entry in added)
        {
            ref var anchor = ref anchors[AnchorOf(entry.Page)];
            entry.Next = anchor;
            anchor = entry;
        }

        Count += added.Count;
    }

    /// <inheritdoc/>
    public void Remove(long firstPage, int pages)
    {
        for (var page = firstPage; page < firstPage + pages; page++)
            Remove(page);
        Count -= pages;
    }

    /// <inheritdoc/>
    public IReadOnlyList<PageEntry> InOrder()
    {
        var all = new List<PageEntry>(Count);
        foreach (var anchor in anchors)
        {
            for (var entry = anchor; entry is not null; entry = entry.Next)
                all.Add(entry);
        }

        all.Sort((left, right) => left.Page.CompareTo(right.Page));
        return all;
    }

    private void Remove(long page)
    {
        ref var anchor = ref anchors[AnchorOf(page)];
        PageEntry? before = null;
        for (var entry = anchor; entry is not null; before = entry, entry = entry.Next)
        {
            if (entry.Page != page)
                continue;
            if (before is null)
                anchor = entry.Next;
            else
                before.Next = entry.Next;
            entry.Next = null;
            return;
        }

        throw new InvalidOperationException($"page {page} is not in the table");
    }

    /// <summary>Fibonacci hashing: neighbours spread, and every run has the same.</summary>
    private static int AnchorOf(long page) =>
        (int)(((ulong)page * 0x9E37_79B9_7F4A_7C15UL) >> 54);
}
