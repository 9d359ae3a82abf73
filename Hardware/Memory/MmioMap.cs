using System.Diagnostics.CodeAnalysis;

namespace Disguise.Hardware.Memory;

/// <summary>
/// Which registers are at which physical address. Everything from <see cref="FirstAddress"/> on is
/// register space; below it is memory.
/// </summary>
public sealed class MmioMap
{
    /// <summary>
    /// Regions that fit: two BARs for each function of a machine with many devices.
    /// </summary>
    public const int MaximumRegions = 1024;

    private readonly List<MmioRegion> regions = [];
    private MmioRegion? recent;

    /// <summary>A map of the addresses from <paramref name="firstAddress"/> on.</summary>
    public MmioMap(long firstAddress)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstAddress);
        FirstAddress = firstAddress;
    }

    /// <summary>The lowest physical address that is not memory.</summary>
    public long FirstAddress { get; }

    /// <summary>The regions in ascending order of their addresses.</summary>
    public IReadOnlyList<MmioRegion> Regions => regions;

    /// <summary>
    /// Enters a region. Throws <see cref="InvalidOperationException"/> when it lies below
    /// <see cref="FirstAddress"/> or on another, or when the map is full.
    /// </summary>
    public void Add(MmioRegion region)
    {
        var index = IndexAtOrBefore(region.FirstAddress) + 1;
        var isFree = region.FirstAddress >= FirstAddress
            && (index == 0 || regions[index - 1].EndAddress <= region.FirstAddress)
            && (index == regions.Count || region.EndAddress <= regions[index].FirstAddress);
        if (!isFree || regions.Count == MaximumRegions)
        {
            throw new InvalidOperationException(
                $"no room for a region at 0x{region.FirstAddress:x} of {region.SizeBytes} bytes");
        }
        regions.Insert(index, region);
    }

    /// <summary>Takes a region out. False when it was not in the map.</summary>
    public bool Remove(MmioRegion region)
    {
        recent = null;
        return regions.Remove(region);
    }

    /// <summary>
    /// Finds the region at an address and the offset in it. False where nothing answers: reads
    /// there give all ones and writes are lost, as after a master abort.
    /// </summary>
    public bool TryFind(
        long physicalAddress, [NotNullWhen(true)] out MmioRegion? region, out long offset)
    {
        region = recent;
        if (region is null || (ulong)(physicalAddress - region.FirstAddress)
            >= (ulong)region.SizeBytes)
        {
            var index = IndexAtOrBefore(physicalAddress);
            region = index < 0 ? null : regions[index];
            if (region is null || physicalAddress >= region.EndAddress)
            {
                region = null;
                offset = 0;
                return false;
            }
            recent = region;
        }
        offset = physicalAddress - region.FirstAddress;
        return true;
    }

    private int IndexAtOrBefore(long physicalAddress)
    {
        var low = 0;
        var high = regions.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (regions[middle].FirstAddress <= physicalAddress) low = middle + 1;
            else high = middle - 1;
        }
        return high;
    }
}
