using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Records;

namespace Disguise.Kernels.Exokernel.Regions;

/// <summary>
/// Software regions of Xok: memory that is read and written by calls only, so that it can be
/// protected in smaller units than pages, and so that a wild store of who may read it does no
/// harm (Kaashoek et al., SOSP 1997, section 5.1). A frame with a region in it is mapped by
/// nobody. Region and capability are looked at on every call.
/// </summary>
internal sealed class RegionBook
{
    private readonly PhysicalMemory memory;
    private readonly IRegionRights rights;
    private readonly bool isCapabilityChecked;
    private readonly Slots<RegionRecord> regions;
    private readonly int ownerLimit;
    private readonly Dictionary<long, int> frameCounts = [];
    private readonly Dictionary<int, int> ownerCounts = [];

    /// <summary>A book of a limited number of regions, of all and of each environment.</summary>
    public RegionBook(
        PhysicalMemory memory, IRegionRights rights, int limit, Guards guards,
        int ownerLimit = int.MaxValue)
    {
        this.ownerLimit = ownerLimit;
        this.memory = memory;
        this.rights = rights;
        isCapabilityChecked = guards.IsOn(RegionGuards.Capability);
        regions = new Slots<RegionRecord>(limit);
    }

    /// <summary>How many there are.</summary>
    public int Count => regions.Count;

    /// <summary>Whether bytes of a frame are a region, so that it must not be mapped.</summary>
    public bool HasRegion(long frame) => frameCounts.ContainsKey(frame);

    /// <summary>Whether an environment can make a region.</summary>
    public RegionRefusal CheckCreate(int environment, int credential, RegionRange range)
    {
        if (range.LengthBytes <= 0 || range.OffsetBytes < 0
            || range.LengthBytes > Frame.SizeBytes - range.OffsetBytes
            || range.Frame < 0 || range.Frame >= Frame.NumberOf(memory.SizeBytes))
            return RegionRefusal.BadRange;
        var isNew = true;
        for (var slot = FirstIn(range.Frame, 0); slot >= 0; slot = FirstIn(range.Frame, slot + 1))
        {
            ref var other = ref regions[slot];
            var start = (int)(other.Address - Frame.AddressOf(range.Frame));
            if (start < range.OffsetBytes + range.LengthBytes
                && range.OffsetBytes < start + other.LengthBytes)
                return RegionRefusal.Overlaps;
            if (other.Owner != environment)
                return RegionRefusal.FrameNotGiven;
            isNew = false;
        }

        if (isNew && !rights.MayWithdraw(environment, credential, range.Frame))
            return RegionRefusal.FrameNotGiven;
        return regions.Peek(0) < 0 || ownerCounts.GetValueOrDefault(environment) >= ownerLimit
            ? RegionRefusal.TooMany : RegionRefusal.None;
    }

    /// <summary>Makes a region that was checked, and says what opens it.</summary>
    public RegionId Create(int environment, RegionRange range, ulong reader, ulong writer)
    {
        var slot = regions.Peek(0);
        var generation = regions.Remains(slot).Generation + 1;
        ref var region = ref regions.Take(slot);
        region.Address = Frame.AddressOf(range.Frame) + range.OffsetBytes;
        region.LengthBytes = range.LengthBytes;
        region.Owner = environment;
        region.Reader = reader;
        region.Writer = writer;
        region.Generation = generation;
        Change(frameCounts, range.Frame, 1);
        Change(ownerCounts, environment, 1);
        return new RegionId(slot, generation);
    }

    /// <summary>Whether an environment can read or write bytes of a region.</summary>
    public RegionRefusal CheckAccess(
        int environment, int credential, RegionId id, int offsetBytes, int lengthBytes,
        bool isWrite)
    {
        if (!Exists(id))
            return RegionRefusal.NoSuchRegion;
        ref var region = ref regions[id.Slot];
        if (isCapabilityChecked && !rights.Dominates(
            environment, credential, isWrite ? region.Writer : region.Reader))
            return RegionRefusal.NotOpened;
        return offsetBytes < 0 || lengthBytes <= 0
            || lengthBytes > region.LengthBytes - offsetBytes
            ? RegionRefusal.BadRange : RegionRefusal.None;
    }

    /// <summary>Reads bytes, after the check.</summary>
    public void Read(RegionId id, int offsetBytes, Span<byte> destination) =>
        memory.Read(AddressOf(id, offsetBytes, destination.Length), destination);

    /// <summary>Writes bytes, after the check.</summary>
    public void Write(RegionId id, int offsetBytes, ReadOnlySpan<byte> source) =>
        memory.Write(AddressOf(id, offsetBytes, source.Length), source);

    /// <summary>Where a region is.</summary>
    public bool TryFind(RegionId id, out long address, out int lengthBytes)
    {
        var exists = Exists(id);
        (address, lengthBytes) = exists
            ? (regions[id.Slot].Address, regions[id.Slot].LengthBytes) : default;
        return exists;
    }

    /// <summary>Whether bytes of memory are in a region that an environment can read.</summary>
    public bool MayRead(int environment, int credential, long address, int lengthBytes) =>
        ReaderOf(address, lengthBytes) is { } reader
        && (!isCapabilityChecked || rights.Dominates(environment, credential, reader));

    /// <summary>The regions of an environment, in the order of their slots.</summary>
    public IEnumerable<(int Slot, RegionRecord Region)> RegionsOf(int environment)
    {
        for (var slot = 0; slot < regions.HighWater && ownerCounts.ContainsKey(environment); slot++)
        {
            if (regions.IsInUse(slot) && regions[slot].Owner == environment)
                yield return (slot, regions[slot]);
        }
    }

    /// <summary>What is to be dominated to read bytes of memory; null where they are in no region.
    /// </summary>
    public ulong? ReaderOf(long address, int lengthBytes)
    {
        var frame = Frame.NumberOf(address);
        for (var slot = FirstIn(frame, 0); slot >= 0; slot = FirstIn(frame, slot + 1))
        {
            ref var region = ref regions[slot];
            if (address >= region.Address
                && address + lengthBytes <= region.Address + region.LengthBytes)
                return region.Reader;
        }

        return null;
    }

    /// <summary>The frames that have regions, in ascending order.</summary>
    public SortedSet<long> Frames()
    {
        var frames = new SortedSet<long>();
        for (var slot = 0; slot < regions.HighWater; slot++)
        {
            if (regions.IsInUse(slot))
                frames.Add(Frame.NumberOf(regions[slot].Address));
        }

        return frames;
    }

    /// <summary>Bytes that are in two regions: there are none.</summary>
    public IEnumerable<(long Frame, int OffsetBytes)> Overlaps()
    {
        var all = new SortedSet<(long Address, int LengthBytes, int Slot)>();
        for (var slot = 0; slot < regions.HighWater; slot++)
        {
            if (regions.IsInUse(slot))
                all.Add((regions[slot].Address, regions[slot].LengthBytes, slot));
        }

        var end = 0L;
        foreach (var (address, lengthBytes, _) in all)
        {
            if (address < end)
                yield return (Frame.NumberOf(address), (int)(address % Frame.SizeBytes));
            end = Math.Max(end, address + lengthBytes);
        }
    }

    /// <summary>Whether an environment can end a region.</summary>
    public RegionRefusal CheckRemove(int environment, RegionId id) =>
        !Exists(id) ? RegionRefusal.NoSuchRegion
        : regions[id.Slot].Owner != environment ? RegionRefusal.NotTheOwner : RegionRefusal.None;

    /// <summary>Ends a region. Its bytes are its owner's as they are.</summary>
    public void Remove(RegionId id)
    {
        if (!Exists(id))
            throw new InvalidOperationException($"no {id}");
        Release(id.Slot);
    }

    /// <summary>Ends all regions of an environment.</summary>
    public void RemoveOf(int environment)
    {
        for (var slot = 0; slot < regions.HighWater && ownerCounts.ContainsKey(environment); slot++)
        {
            if (regions.IsInUse(slot) && regions[slot].Owner == environment)
                Release(slot);
        }
    }

    /// <summary>Ends all regions in a frame that is about to change hands.</summary>
    public void Break(long frame)
    {
        for (var slot = FirstIn(frame, 0); slot >= 0; slot = FirstIn(frame, slot + 1))
            Release(slot);
    }

    private bool Exists(RegionId id) =>
        regions.IsInUse(id.Slot) && regions[id.Slot].Generation == id.Generation;

    private static void Change<T>(Dictionary<T, int> counts, T key, int change)
        where T : notnull
    {
        if (counts.GetValueOrDefault(key) + change is var count && count == 0)
            counts.Remove(key);
        else
            counts[key] = count;
    }

    private void Release(int slot)
    {
        Change(frameCounts, Frame.NumberOf(regions[slot].Address), -1);
        Change(ownerCounts, regions[slot].Owner, -1);
        regions.Release(slot, new RegionRecord { Generation = regions[slot].Generation });
    }

    private long AddressOf(RegionId id, int offsetBytes, int lengthBytes)
    {
        if (!Exists(id) || offsetBytes < 0
            || lengthBytes > regions[id.Slot].LengthBytes - offsetBytes)
            throw new InvalidOperationException($"{id} was not checked");
        return regions[id.Slot].Address + offsetBytes;
    }

    private int FirstIn(long frame, int from)
    {
        for (var slot = from; slot < regions.HighWater && HasRegion(frame); slot++)
        {
            if (regions.IsInUse(slot) && Frame.NumberOf(regions[slot].Address) == frame)
                return slot;
        }

        return -1;
    }
}
