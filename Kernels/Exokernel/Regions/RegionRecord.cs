namespace Disguise.Kernels.Exokernel.Regions;

/// <summary>A software region: bytes of one frame, and what opens them.</summary>
internal struct RegionRecord
{
    /// <summary>Physical address of its first byte.</summary>
    public long Address;

    /// <summary>Its bytes.</summary>
    public int LengthBytes;

    /// <summary>Who made it.</summary>
    public int Owner;

    /// <summary>What must be dominated to read it.</summary>
    public ulong Reader;

    /// <summary>What must be dominated to write it.</summary>
    public ulong Writer;

    /// <summary>Counts the lives of its slot.</summary>
    public uint Generation;
}
