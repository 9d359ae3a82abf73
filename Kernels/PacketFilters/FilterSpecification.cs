using Disguise.Hardware.Nic.Filters;

namespace Disguise.Kernels.PacketFilters;

/// <summary>
/// What a library OS asks for with `create_filter(flags, peerlist, servicelist)` (Arrakis, TOCS
/// 2015, section 3.4): the flags are the direction and the level. A frame matches if it comes from
/// (receive) or goes to (transmit) any of the peers, and belongs to any of the services. There is
/// no priority and no order.
/// </summary>
public sealed record FilterSpecification
{
    /// <summary>Which way the packets go.</summary>
    public required FilterDirection Direction { get; init; }

    /// <summary>The header up to which the filter looks.</summary>
    public required FilterLevel Level { get; init; }

    /// <summary>The container's own end: destination when it receives; 0 is any.</summary>
    public required ulong LocalMac { get; init; }

    /// <summary>The container's own IPv4 address; 0 is any. Unused on Ethernet level.</summary>
    public uint LocalIp { get; init; }

    /// <summary>The VLAN, 0 to 4095, or <see cref="PacketFields.NoVlan"/>: no tag.</summary>
    public ushort Vlan { get; init; } = PacketFields.NoVlan;

    /// <summary>Those at the other end; an empty list is everybody.</summary>
    public IReadOnlyList<FilterPeer> Peers { get; init; } = [];

    /// <summary>
    /// EtherTypes, protocols or the container's ports, by <see cref="Level"/>; 0 in the list, or
    /// an empty list, is any.
    /// </summary>
    public IReadOnlyList<ushort> Services { get; init; } = [];
}
