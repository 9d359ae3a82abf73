using Disguise.Actors.Faults;
using Disguise.Hardware.Nic.Filters;

namespace Disguise.Kernels.PacketFilters;

/// <summary>
/// Whether a predicate stays within what one owner's address may receive or send. A receive
/// predicate must name the owner's own destination; a transmit predicate its own source, so that
/// nobody sends in another's name (Arrakis, TOCS 2015, section 3.2).
/// </summary>
public static class FilterOwnership
{
    /// <summary>
    /// Refuses filters for traffic of others. Off, any specification is accepted that a NIC can
    /// hold.
    /// </summary>
    public static readonly Guard Guard = new("filter-ownership");

    private const ushort EtherTypeIpv4 = 0x0800;
    private const ushort EtherTypeIpv6 = 0x86dd;
    private const ushort EtherTypeVlan = 0x8100;
    private const ushort EtherTypeServiceVlan = 0x88a8;

    /// <summary>
    /// Whether all frames that match have the owner's address at the owner's end. MAC and VLAN are
    /// always wholly compared. A receive filter may leave the IP address open, since what comes to
    /// the owner's MAC address is the owner's, but may not name a foreign one. A transmit filter
    /// must name the owner's IP address, or an EtherType that carries none.
    /// </summary>
    public static bool Holds(
        in FilterPredicate predicate, FilterDirection direction, ulong mac, uint ip, ushort vlan)
    {
        bool receives = direction == FilterDirection.Receive;
        FilterPredicate own = receives
            ? FilterPredicate.Everything.WithVlan(vlan).WithDestinationMac(mac)
            : FilterPredicate.Everything.WithVlan(vlan).WithSourceMac(mac);
        if (!FilterPredicate.Covers(own, predicate))
        {
            return false;
        }

        FilterPredicate ownIp = receives
            ? own.WithEtherType(EtherTypeIpv4).WithDestinationIp(ip)
            : own.WithEtherType(EtherTypeIpv4).WithSourceIp(ip);
        if (FilterPredicate.Covers(ownIp, predicate))
        {
            return true;
        }

        return receives
            ? predicate.Mask.DestinationIp == 0
            : CarriesNoAddress(predicate);
    }

    private static bool CarriesNoAddress(in FilterPredicate predicate) =>
        predicate.Mask.EtherType == ushort.MaxValue
        && predicate.Value.EtherType is not (EtherTypeIpv4 or EtherTypeIpv6 or EtherTypeVlan
            or EtherTypeServiceVlan);
}
