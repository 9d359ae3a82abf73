namespace Disguise.Hardware.PciExpress;

/// <summary>
/// Two BARs that hold one address of 64 bits for memory that is not prefetchable (PCI Local Bus
/// Specification 3.0, section 6.2.5.1). The bits below the size read as zero, so that software
/// that writes all ones reads the size back.
/// </summary>
internal struct WideBaseAddress
{
    private const uint Type64Bits = 0x4;

    /// <summary>The address; zero when none was given.</summary>
    public ulong Address { get; private set; }

    public readonly uint ReadLow() => (uint)Address | Type64Bits;

    public readonly uint ReadHigh() => (uint)(Address >> 32);

    public void WriteLow(uint value, uint lanes, long sizeBytes)
    {
        var low = Register.Write((uint)Address, value, lanes, ~0U);
        Set((Address & ~0xFFFF_FFFFUL) | low, sizeBytes);
    }

    public void WriteHigh(uint value, uint lanes, long sizeBytes)
    {
        var high = Register.Write((uint)(Address >> 32), value, lanes, ~0U);
        Set((uint)Address | ((ulong)high << 32), sizeBytes);
    }

    /// <summary>Drops the bits below a size, which is a power of two.</summary>
    public void Align(long sizeBytes) => Set(Address, sizeBytes);

    private void Set(ulong address, long sizeBytes) => Address = address & ~((ulong)sizeBytes - 1);
}
