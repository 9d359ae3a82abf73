using Disguise.Actors.Ledgers;
using Disguise.Kernels.Profiles;

namespace Disguise.LibOS.VirtualMemory;

/// <summary>
/// A vector sorted by page and searched by halves: the page table of ExOS (Engler, Kaashoek and
/// O'Toole, SOSP 1995, section 6.2). Neighbours lie side by side.
/// </summary>
internal sealed class LinearPageTable : IPageTable
{
    private readonly List<PageEntry> entries = [];

    /// <inheritdoc/>
    public int Count => entries.Count;

    /// <inheritdoc/>
    public CostKey LookupCost => ExokernelCosts.PageTableLookupLinear;

    /// <inheritdoc/>
    public PageEntry? Find(long page)
    {
        var index = FirstFrom(page);
        return index < entries.Count && entries[index].Page == page ? entries[index] : null;
    }

    /// <inheritdoc/>
    public void Add(IReadOnlyList<PageEntry> added) =>
        entries.InsertRange(FirstFrom(added[0].Page), added);

    /// <inheritdoc/>
    public void Remove(long firstPage, int pages) =>
        entries.RemoveRange(FirstFrom(firstPage), pages);

    /// <inheritdoc/>
    public IReadOnlyList<PageEntry> InOrder() => [.. entries];

    /// <summary>Index of the first entry that is not below a page.</summary>
    private int FirstFrom(long page)
    {
        var low = 0;
        var high = entries.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (entries[middle].Page < page)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
