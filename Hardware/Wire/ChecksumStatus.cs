namespace Disguise.Hardware.Wire;

/// <summary>
/// What a receiving device found out about checksums, as in the write-back of an Intel 82599
/// (datasheet section 7.1.11: IPCS, L4CS, IPE, L4E).
/// </summary>
[Flags]
public enum ChecksumStatus : byte
{
    /// <summary>Nothing was checked: no IPv4, or a header that cannot be read.</summary>
    None = 0,

    /// <summary>The IPv4 header checksum was verified.</summary>
    NetworkChecked = 1,

    /// <summary>It was wrong.</summary>
    NetworkError = 2,

    /// <summary>
    /// The UDP or TCP checksum was verified. Fragments and UDP without checksum are not.
    /// </summary>
    TransportChecked = 4,

    /// <summary>It was wrong.</summary>
    TransportError = 8,
}
