namespace Disguise.Hardware.Wire;

/// <summary>From which port of which host to which other a UDP datagram goes.</summary>
/// <param name="Hosts">The two hosts.</param>
/// <param name="SourcePort">Port of the sender.</param>
/// <param name="DestinationPort">Port of the receiver.</param>
public readonly record struct UdpEndpoints(
    Ipv4Endpoints Hosts, ushort SourcePort, ushort DestinationPort)
{
    /// <summary>The way back.</summary>
    public UdpEndpoints Reversed => new(Hosts.Reversed, DestinationPort, SourcePort);
}
