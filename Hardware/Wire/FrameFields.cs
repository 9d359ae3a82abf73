namespace Disguise.Hardware.Wire;

/// <summary>
/// What filters, steering and offloads want to know of a frame, read in one pass by
/// <see cref="FrameParser"/>. Offsets are bytes from the start of the frame; zero says "not there".
/// </summary>
public struct FrameFields
{
    /// <summary>Value of <see cref="VlanIdentifier"/> for a frame without tag.</summary>
    public const ushort NoVlan = ushort.MaxValue;

    /// <summary>Destination address.</summary>
    public MacAddress DestinationMac { get; internal set; }

    /// <summary>Source address.</summary>
    public MacAddress SourceMac { get; internal set; }

    /// <summary>IPv4 source address, if <see cref="HasIpv4"/>.</summary>
    public Ipv4Address Source { get; internal set; }

    /// <summary>IPv4 destination address, if <see cref="HasIpv4"/>.</summary>
    public Ipv4Address Destination { get; internal set; }

    /// <summary>VLAN, 0 to 4095, or <see cref="NoVlan"/>.</summary>
    public ushort VlanIdentifier { get; internal set; }

    /// <summary>EtherType behind the tag; below 0x0600 it is an IEEE 802.3 length.</summary>
    public EtherType EtherType { get; internal set; }

    /// <summary>Source port, if <see cref="HasPorts"/>.</summary>
    public ushort SourcePort { get; internal set; }

    /// <summary>Destination port, if <see cref="HasPorts"/>.</summary>
    public ushort DestinationPort { get; internal set; }

    /// <summary>What the datagram carries, if <see cref="HasIpv4"/>.</summary>
    public IpProtocol Protocol { get; internal set; }

    /// <summary>Whether the datagram is a fragment, which has no ports.</summary>
    public bool IsFragment { get; internal set; }

    /// <summary>Whether UDP or TCP ports were read.</summary>
    public bool HasPorts { get; internal set; }

    /// <summary>
    /// Why reading stopped before the end; none also for what is not looked into.
    /// </summary>
    public WireError Error { get; internal set; }

    /// <summary>Where the network header (or what else the EtherType says) starts.</summary>
    public int NetworkOffset { get; internal set; }

    /// <summary>Where the transport header starts, if <see cref="HasIpv4"/>.</summary>
    public int TransportOffset { get; internal set; }

    /// <summary>Where the payload of UDP or TCP starts, if <see cref="HasPorts"/>.</summary>
    public int PayloadOffset { get; internal set; }

    /// <summary>
    /// Where the transport's bytes end, before the padding, if <see cref="HasIpv4"/>; for UDP as
    /// the UDP length says.
    /// </summary>
    public int EndOffset { get; internal set; }

    /// <summary>Whether the frame has an 802.1Q tag.</summary>
    public readonly bool HasVlan => VlanIdentifier != NoVlan;

    /// <summary>Whether it carries an IPv4 datagram whose header could be read.</summary>
    public readonly bool HasIpv4 => TransportOffset != 0;

    /// <summary>Addresses, ports and protocol; zero where the frame has none.</summary>
    public readonly FlowKey Flow =>
        new(Source, Destination, SourcePort, DestinationPort, HasIpv4 ? Protocol : default);
}
