namespace Disguise.Hardware.Memory;

/// <summary>
/// The tags by which a TLB that software refills tells address spaces apart: six bits on the R2000
/// and R3000 (Kane, MIPS RISC Architecture, chapter 6). With more address spaces than tags the
/// one that got its tag first gives it up, and with it its entries; nobody is asked (Engler et
/// al., SOSP 1995, section 3.3: such names are revoked invisibly).
/// </summary>
internal sealed class AddressSpaceTags(int count)
{
    private readonly List<AddressSpaceId> holders = [];
    private int oldest;

    /// <summary>Tags taken from an address space for another.</summary>
    public long Revoked { get; private set; }

    /// <summary>
    /// Gives an address space a tag if it has none. True where another lost its own for that:
    /// its entries have to be flushed.
    /// </summary>
    public bool Take(AddressSpaceId id, out AddressSpaceId loser)
    {
        loser = default;
        if (holders.Contains(id))
            return false;
        if (holders.Count < count)
        {
            holders.Add(id);
            return false;
        }

        loser = holders[oldest];
        holders[oldest] = id;
        oldest = (oldest + 1) % count;
        Revoked++;
        return true;
    }
}
