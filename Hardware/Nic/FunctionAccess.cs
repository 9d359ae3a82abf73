using Disguise.Hardware.Nic.Filters;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Nic;

/// <summary>
/// What a virtual function may send and which VLANs it is in. Made with its first filter.
/// </summary>
internal sealed class FunctionAccess
{
    // Most have two, for IPv4 and ARP; an entry takes 72 bytes.
    private readonly List<(FilterPredicate Predicate, long FilterId)> transmit = new(2);
    private List<(ushort Vlan, long FilterId)>? vlans;

    /// <summary>Ids of the receive filters that lead here.</summary>
    public List<long> ReceiveFilters { get; } = new(1);

    /// <summary>Transmit predicates.</summary>
    public int TransmitCount => transmit.Count;

    public bool HasTransmit(in FilterPredicate predicate, long filterId) =>
        transmit.Contains((predicate, filterId));

    public void AddTransmit(in FilterPredicate predicate, long filterId)
    {
        transmit.Add((predicate, filterId));
        AddVlan(predicate, filterId);
    }

    public void RemoveTransmit(long filterId)
    {
        transmit.RemoveAll(entry => entry.FilterId == filterId);
        RemoveVlans(filterId);
    }

    /// <summary>A filter for a VLAN makes the function a member (VLVF).</summary>
    public void AddVlan(in FilterPredicate predicate, long filterId)
    {
        if (predicate.Mask.Vlan == ushort.MaxValue && predicate.Value.Vlan != PacketFields.NoVlan)
            (vlans ??= []).Add((predicate.Value.Vlan, filterId));
    }

    public void RemoveVlans(long filterId) =>
        vlans?.RemoveAll(entry => entry.FilterId == filterId);

    public bool IsIn(ushort vlan)
    {
        if (vlans is null)
            return false;
        foreach (var entry in vlans)
        {
            if (entry.Vlan == vlan)
                return true;
        }

        return false;
    }

    /// <summary>Whether a transmit filter lets a frame through; without any, all do.</summary>
    public bool Allows(in FrameFields fields)
    {
        if (transmit.Count == 0)
            return true;
        var packed = ReceiveClassifier.Pack(fields);
        foreach (var entry in transmit)
        {
            if (entry.Predicate.Matches(packed))
                return true;
        }

        return false;
    }
}
