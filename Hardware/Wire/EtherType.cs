namespace Disguise.Hardware.Wire;

/// <summary>What an Ethernet II frame carries (IANA "IEEE 802 Numbers", EtherType).</summary>
public enum EtherType : ushort
{
    /// <summary>IPv4 (RFC 894).</summary>
    Ipv4 = 0x0800,

    /// <summary>Address Resolution Protocol (RFC 826).</summary>
    Arp = 0x0806,

    /// <summary>An IEEE 802.1Q tag; the real EtherType stands behind it.</summary>
    VlanTag = 0x8100,

    /// <summary>IPv6 (RFC 2464).</summary>
    Ipv6 = 0x86DD,

    /// <summary>IEEE 802 local experimental EtherType 1 (RFC 9542 section B.2).</summary>
    LocalExperimental = 0x88B5,
}
