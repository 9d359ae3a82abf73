namespace Disguise.Hardware.Memory;

/// <summary>
/// The record of who owns which frames of a range, kept as sorted extents of 12 bytes: what it
/// costs depends on how owners alternate, not on how much memory there is. Allocation takes the
/// lowest frames that fit, so it is the same in every run. It does not touch the frames' bytes:
/// who frees also calls <see cref="PhysicalMemory.ReleaseFrame"/>.
/// </summary>
public sealed class FrameAllocator
{
    private readonly uint capacity;
    private Extent[] extents = [];
    private int count;

    /// <summary>
    /// Extents before this index leave no gap between frame zero and one another.
    /// </summary>
    private int firstGap;

    /// <summary>An allocator for <paramref name="frameCount"/> frames, all free.</summary>
    public FrameAllocator(long firstFrame, long frameCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstFrame);
        ArgumentOutOfRangeException.ThrowIfNegative(frameCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frameCount, uint.MaxValue);
        FirstFrame = firstFrame;
        capacity = (uint)frameCount;
        FreeFrameCount = frameCount;
    }

    /// <summary>Number of the first frame of the range.</summary>
    public long FirstFrame { get; }

    /// <summary>Frames in the range, owned or free.</summary>
    public long FrameCount => capacity;

    /// <summary>Frames that nobody owns.</summary>
    public long FreeFrameCount { get; private set; }

    /// <summary>All owned frames in ascending order, as maximal extents of one owner.</summary>
    public IEnumerable<FrameExtent> Extents
    {
        get
        {
            for (var index = 0; index < count; index++) yield return Describe(extents[index]);
        }
    }

    /// <summary>
    /// Takes the lowest <paramref name="frameCount"/> frames in a row whose first number, counted
    /// from frame zero of the machine, is a multiple of <paramref name="alignmentFrames"/>. False
    /// when no gap is large enough.
    /// </summary>
    public bool TryAllocate(
        OwnerId owner, out long firstFrame, long frameCount = 1, long alignmentFrames = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(alignmentFrames, 1);
        for (var index = firstGap; index <= count; index++)
        {
            long gapStart = index == 0 ? 0 : extents[index - 1].End;
            long gapEnd = index == count ? capacity : extents[index].First;
            var misalignment = (FirstFrame + gapStart) % alignmentFrames;
            var start = misalignment == 0 ? gapStart : gapStart + alignmentFrames - misalignment;
            if (start + frameCount > gapEnd) continue;
            firstFrame = FirstFrame + start;
            Insert(index, new Extent((uint)start, (uint)frameCount, owner.Value));
            Merge(index);
            FreeFrameCount -= frameCount;
            return true;
        }
        firstFrame = -1;
        return false;
    }

    /// <summary>
    /// Gives frames back. Throws <see cref="InvalidOperationException"/>, and changes nothing, when
    /// any of them is free already or belongs to another.
    /// </summary>
    public void Free(OwnerId owner, long firstFrame, long frameCount = 1)
    {
        var index = Isolate(owner, firstFrame, frameCount);
        Array.Copy(extents, index + 1, extents, index, count - index - 1);
        count--;
        firstGap = Math.Min(firstGap, index);
        FreeFrameCount += frameCount;
    }

    /// <summary>Hands frames to another owner. Throws like <see cref="Free"/>.</summary>
    public void Transfer(OwnerId from, OwnerId to, long firstFrame, long frameCount = 1)
    {
        var index = Isolate(from, firstFrame, frameCount);
        extents[index] = extents[index] with { Owner = to.Value };
        Merge(index);
    }

    /// <summary>
    /// The owner of a frame. False when nobody owns it or it is not in the range.
    /// </summary>
    public bool TryGetOwner(long frameNumber, out OwnerId owner)
    {
        owner = default;
        var relative = frameNumber - FirstFrame;
        if (relative < 0 || relative >= capacity) return false;
        var index = IndexAtOrBefore((uint)relative);
        if (index < 0 || extents[index].End <= relative) return false;
        owner = new OwnerId(extents[index].Owner);
        return true;
    }

    /// <summary>What one owner has, in ascending order.</summary>
    public IReadOnlyList<FrameExtent> ExtentsOf(OwnerId owner)
    {
        var owned = new List<FrameExtent>();
        for (var index = 0; index < count; index++)
        {
            if (extents[index].Owner == owner.Value) owned.Add(Describe(extents[index]));
        }
        return owned;
    }

    /// <summary>Cuts an extent so that the named frames are one of their own.</summary>
    private int Isolate(OwnerId owner, long firstFrame, long frameCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        var relative = firstFrame - FirstFrame;
        var index = relative < 0 || relative >= capacity ? -1 : IndexAtOrBefore((uint)relative);
        if (index < 0 || extents[index].Owner != owner.Value
            || relative + frameCount > extents[index].End)
        {
            throw new InvalidOperationException(
                $"{frameCount} frames from {firstFrame} do not all belong to {owner}");
        }
        var whole = extents[index];
        var before = (uint)relative - whole.First;
        var after = whole.Count - before - (uint)frameCount;
        if (after > 0)
        {
            extents[index] = whole with { Count = whole.Count - after };
            Insert(index + 1, new Extent((uint)(relative + frameCount), after, whole.Owner));
        }
        if (before > 0)
        {
            extents[index] = whole with { Count = before };
            Insert(++index, new Extent((uint)relative, (uint)frameCount, whole.Owner));
        }
        return index;
    }

    private int IndexAtOrBefore(uint relative)
    {
        var low = 0;
        var high = count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (extents[middle].First <= relative) low = middle + 1;
            else high = middle - 1;
        }
        return high;
    }

    private void Insert(int index, Extent extent)
    {
        if (count == extents.Length) Array.Resize(ref extents, Math.Max(8, count + (count / 2)));
        Array.Copy(extents, index, extents, index + 1, count - index);
        extents[index] = extent;
        count++;
        firstGap = Math.Min(firstGap, index);
    }

    /// <summary>Joins an extent with neighbours of the same owner.</summary>
    private void Merge(int index)
    {
        if (index + 1 < count && extents[index].Joins(extents[index + 1])) Absorb(index);
        if (index > 0 && extents[index - 1].Joins(extents[index])) Absorb(--index);
        firstGap = Math.Min(firstGap, index);
        while (firstGap < count
            && extents[firstGap].First == (firstGap == 0 ? 0 : extents[firstGap - 1].End))
        {
            firstGap++;
        }
    }

    private void Absorb(int index)
    {
        extents[index] = extents[index] with
        {
            Count = extents[index].Count + extents[index + 1].Count,
        };
        Array.Copy(extents, index + 2, extents, index + 1, count - index - 2);
        count--;
    }

    private FrameExtent Describe(Extent extent) =>
        new(new OwnerId(extent.Owner), FirstFrame + extent.First, extent.Count);

    private readonly record struct Extent(uint First, uint Count, int Owner)
    {
        public uint End => First + Count;

        public bool Joins(Extent next) => End == next.First && Owner == next.Owner;
    }
}
