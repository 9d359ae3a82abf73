namespace Disguise.Hardware.Wire;

/// <summary>From which host on which wire to which other a datagram goes.</summary>
/// <param name="SourceMac">Ethernet address of the sender.</param>
/// <param name="DestinationMac">Ethernet address of the next hop.</param>
/// <param name="Source">IPv4 address of the sender.</param>
/// <param name="Destination">IPv4 address of the receiver.</param>
/// <param name="Vlan">802.1Q tag, if the frame is to have one.</param>
public readonly record struct Ipv4Endpoints(
    MacAddress SourceMac,
    MacAddress DestinationMac,
    Ipv4Address Source,
    Ipv4Address Destination,
    VlanTag? Vlan = null)
{
    /// <summary>The way back, on the same VLAN.</summary>
    public Ipv4Endpoints Reversed => new(DestinationMac, SourceMac, Destination, Source, Vlan);
}
