namespace Disguise.Hardware.Wire;

/// <summary>What an IPv4 datagram carries (IANA "Protocol Numbers").</summary>
public enum IpProtocol : byte
{
    /// <summary>Internet Control Message Protocol (RFC 792).</summary>
    Icmp = 1,

    /// <summary>Transmission Control Protocol (RFC 9293).</summary>
    Tcp = 6,

    /// <summary>User Datagram Protocol (RFC 768).</summary>
    Udp = 17,
}
