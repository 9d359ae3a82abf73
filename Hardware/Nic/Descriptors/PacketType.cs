namespace Disguise.Hardware.Nic.Descriptors;

/// <summary>
/// Headers that the device found, bits 16 to 4 of a written-back receive descriptor (82599
/// datasheet section 7.1.6.2, table 7-16).
/// </summary>
[Flags]
public enum PacketType : ushort
{
    /// <summary>None that the device knows.</summary>
    None = 0,

    /// <summary>IPv4.</summary>
    Ipv4 = 1,

    /// <summary>TCP.</summary>
    Tcp = 1 << 4,

    /// <summary>UDP.</summary>
    Udp = 1 << 5,
}
