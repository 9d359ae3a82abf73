namespace Disguise.Hardware.Wire;

/// <summary>Why bytes could not be read as a header. Every reason is distinct.</summary>
public enum WireError : byte
{
    /// <summary>The bytes were read.</summary>
    None = 0,

    /// <summary>Fewer than the 14 bytes of an Ethernet II header.</summary>
    EthernetTooShort,

    /// <summary>An IEEE 802.3 length (below 0x0600) stands where the EtherType belongs.</summary>
    EthernetLengthField,

    /// <summary>An 802.1Q tag is announced, but fewer than 18 bytes are there.</summary>
    VlanTooShort,

    /// <summary>
    /// The frame does not carry what the caller asked for (its EtherType differs).
    /// </summary>
    EtherTypeDiffers,

    /// <summary>Fewer than the 28 bytes of ARP for IPv4 over Ethernet.</summary>
    ArpTooShort,

    /// <summary>The ARP hardware type is not Ethernet (1).</summary>
    ArpHardwareType,

    /// <summary>The ARP protocol type is not IPv4 (0x0800).</summary>
    ArpProtocolType,

    /// <summary>The ARP address lengths are not 6 and 4.</summary>
    ArpAddressLength,

    /// <summary>The ARP operation is neither request (1) nor reply (2).</summary>
    ArpOperation,

    /// <summary>Fewer than the 20 bytes of an IPv4 header without options.</summary>
    Ipv4TooShort,

    /// <summary>The version is not 4.</summary>
    Ipv4Version,

    /// <summary>The header length (IHL) is below 5 words.</summary>
    Ipv4HeaderLength,

    /// <summary>The header with its options is longer than the bytes that are there.</summary>
    Ipv4OptionsTruncated,

    /// <summary>The total length is shorter than the header.</summary>
    Ipv4TotalLength,

    /// <summary>The total length is longer than the bytes that are there.</summary>
    Ipv4Truncated,

    /// <summary>The reserved flag bit is set (RFC 791 section 3.1: must be zero).</summary>
    Ipv4ReservedFlag,

    /// <summary>A fragment ends beyond the 65,535 bytes that a datagram can have.</summary>
    Ipv4FragmentBeyondDatagram,

    /// <summary>The IPv4 header checksum is wrong.</summary>
    Ipv4Checksum,

    /// <summary>The datagram carries another protocol than the caller asked for.</summary>
    ProtocolDiffers,

    /// <summary>The datagram is a fragment, so its transport header cannot be relied on.</summary>
    Fragmented,

    /// <summary>Fewer than the 8 bytes of an ICMP header.</summary>
    IcmpTooShort,

    /// <summary>An ICMP type other than echo, echo reply and destination unreachable.</summary>
    IcmpType,

    /// <summary>An ICMP code that its type does not define.</summary>
    IcmpCode,

    /// <summary>The ICMP checksum is wrong.</summary>
    IcmpChecksum,

    /// <summary>Fewer than the 8 bytes of a UDP header.</summary>
    UdpTooShort,

    /// <summary>The UDP length is below its own header's 8 bytes.</summary>
    UdpLength,

    /// <summary>The UDP length is longer than the bytes that are there.</summary>
    UdpTruncated,

    /// <summary>The UDP checksum is present and wrong.</summary>
    UdpChecksum,

    /// <summary>Fewer than the 20 bytes of a TCP header without options.</summary>
    TcpTooShort,

    /// <summary>The TCP data offset is below 5 words.</summary>
    TcpDataOffset,

    /// <summary>The TCP header with its options is longer than the segment.</summary>
    TcpOptionsTruncated,
}
