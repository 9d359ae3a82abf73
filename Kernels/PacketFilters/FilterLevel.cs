namespace Disguise.Kernels.PacketFilters;

/// <summary>
/// The header up to which a filter looks; it says what peers and services are
/// (Arrakis, TOCS 2015, section 3.4).
/// </summary>
public enum FilterLevel : byte
{
    /// <summary>Peers are MAC addresses, services are EtherTypes.</summary>
    Ethernet,

    /// <summary>Peers are IPv4 prefixes, services are IPv4 protocol numbers.</summary>
    Ip,

    /// <summary>Peers are IPv4 prefixes and ports, services the own UDP ports.</summary>
    Udp,

    /// <summary>Peers are IPv4 prefixes and ports, services the own TCP ports.</summary>
    Tcp,
}
