namespace Disguise.Hardware.Memory;

/// <summary>A translation that a TLB holds.</summary>
/// <param name="Place">Its place among the entries, from 0.</param>
/// <param name="Id">The tag: whose translation it is.</param>
/// <param name="VirtualAddress">First address of the page.</param>
/// <param name="Value">In the layout of <see cref="PageTableEntry"/>.</param>
public readonly record struct TlbEntry(
    int Place, AddressSpaceId Id, ulong VirtualAddress, ulong Value)
{
    /// <summary>Where the page is.</summary>
    public long PhysicalAddress => PageTableEntry.AddressOf(Value);

    /// <summary>What it allows.</summary>
    public PageRights Rights => PageTableEntry.RightsOf(Value);
}
