using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.Kernels.Monolithic.Memory;

/// <summary>Which pages of a process are mapped, as ranges with gaps between them: where a mapping
/// goes whose place is left open.</summary>
internal sealed class PageRanges
{
    /// <summary>First page of each range, and the first behind it; none touches the next.</summary>
    private readonly SortedList<long, long> ranges = [];

    /// <summary>None, or those of another.</summary>
    public PageRanges(PageRanges? other = null)
    {
        if (other is not null)
            ranges = new SortedList<long, long>(other.ranges);
    }

    /// <summary>Pages have been mapped, none of which was.</summary>
    public void Add(long first, int pages)
    {
        var end = first + pages;
        var before = FirstAbove(first) - 1;
        if (before >= 0 && ranges.GetValueAtIndex(before) == first)
            first = ranges.GetKeyAtIndex(before);
        if (ranges.TryGetValue(end, out var further))
        {
            ranges.Remove(end);
            end = further;
        }

        ranges[first] = end;
    }

    /// <summary>Pages have been given up, all of which were mapped.</summary>
    public void Remove(long first, int pages)
    {
        var index = FirstAbove(first) - 1;
        var (start, end) = (ranges.GetKeyAtIndex(index), ranges.GetValueAtIndex(index));
        if (start == first)
            ranges.RemoveAt(index);
        else
            ranges[start] = first;
        if (end > first + pages)
            ranges[first + pages] = end;
    }

    /// <summary>The first gap of so many pages at or behind a page; false where there is none.
    /// </summary>
    public bool TryFindGap(long from, int pages, out long first)
    {
        first = from;
        for (var index = Math.Max(0, FirstAbove(from) - 1); index < ranges.Count; index++)
        {
            if (ranges.GetKeyAtIndex(index) - first >= pages)
                break;
            first = Math.Max(first, ranges.GetValueAtIndex(index));
        }

        return first + pages <= ProcessMemory.FirstPage + VirtualMemoryOptions.RangePages;
    }

    /// <summary>Index of the first range that begins above a page.</summary>
    private int FirstAbove(long page)
    {
        var low = 0;
        var high = ranges.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (ranges.GetKeyAtIndex(middle) <= page)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
