namespace Disguise.Hardware.Nic.Descriptors;

/// <summary>
/// Extended status and error of a received frame: bits 19 to 0 and 31 to 20 (82599 datasheet
/// sections 7.1.6.2, tables 7-17 and 7-18).
/// </summary>
[Flags]
public enum ReceiveStatus : uint
{
    /// <summary>The device has not written the descriptor.</summary>
    None = 0,

    /// <summary>DD: the device is done with the descriptor.</summary>
    DescriptorDone = 1,

    /// <summary>EOP: the last descriptor of the frame.</summary>
    EndOfPacket = 1 << 1,

    /// <summary>VP: the frame has an 802.1Q tag, which stays in its bytes.</summary>
    VlanPacket = 1 << 3,

    /// <summary>UDPCS: the UDP checksum was looked at.</summary>
    UdpChecksum = 1 << 4,

    /// <summary>L4CS: the checksum of TCP or UDP was verified.</summary>
    TransportChecksum = 1 << 5,

    /// <summary>IPCS: the IPv4 header checksum was verified.</summary>
    NetworkChecksum = 1 << 6,

    /// <summary>PIF: not addressed to this station alone: a group address.</summary>
    PassedInexactFilter = 1 << 7,

    /// <summary>TCPE: the checksum of TCP or UDP is wrong.</summary>
    TransportError = 1u << 30,

    /// <summary>IPE: the IPv4 header checksum is wrong.</summary>
    NetworkError = 1u << 31,
}
