using Disguise.Kernels.Records;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// The frames that no container has, as extents in order of address that do not touch. The first
/// that is large enough is taken: simple, and the same in every run.
/// </summary>
internal sealed class FreeFrames
{
    private readonly List<Extent> free = [];

    public FreeFrames(long firstFrame, long count)
    {
        if (count > 0)
        {
            free.Add(new Extent(firstFrame, count));
        }

        Count = count;
    }

    /// <summary>How many frames are free.</summary>
    public long Count { get; private set; }

    /// <summary>The first frame of the first piece that is large enough, or -1.</summary>
    public long Find(int pages)
    {
        foreach (Extent extent in free)
        {
            if (extent.Count >= pages)
            {
                return extent.First;
            }
        }

        return -1;
    }

    /// <summary>Takes frames; that one of them is not free is a broken invariant.</summary>
    public void Take(long first, int pages)
    {
        int at = LastNotAbove(first);
        if (at < 0 || first + pages > free[at].First + free[at].Count)
        {
            throw new InvalidOperationException($"Frames {first} + {pages} are not all free.");
        }

        Extent extent = free[at];
        free.RemoveAt(at);
        if (first + pages < extent.First + extent.Count)
        {
            long end = first + pages;
            free.Insert(at, new Extent(end, extent.First + extent.Count - end));
        }

        if (first > extent.First)
        {
            free.Insert(at, new Extent(extent.First, first - extent.First));
        }

        Count -= pages;
    }

    /// <summary>Frees frames; that one of them is free is a broken invariant.</summary>
    public void Release(long first, int pages)
    {
        int before = LastNotAbove(first);
        int after = before + 1;
        long end = first + pages;
        if ((before >= 0 && free[before].First + free[before].Count > first)
            || (after < free.Count && free[after].First < end))
        {
            throw new InvalidOperationException($"Frames {first} + {pages} are not all taken.");
        }

        if (after < free.Count && free[after].First == end)
        {
            end += free[after].Count;
            free.RemoveAt(after);
        }

        if (before >= 0 && free[before].First + free[before].Count == first)
        {
            first = free[before].First;
            free.RemoveAt(before);
            after = before;
        }

        free.Insert(after, new Extent(first, end - first));
        Count += pages;
    }

    /// <summary>Adds the free extents to a digest.</summary>
    public void AddTo(ref StateDigest digest)
    {
        digest.Add(free.Count);
        foreach (Extent extent in free)
        {
            digest.Add(extent.First);
            digest.Add(extent.Count);
        }
    }

    private int LastNotAbove(long first)
    {
        int low = 0;
        int high = free.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (free[middle].First <= first)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    private readonly record struct Extent(long First, long Count);
}
