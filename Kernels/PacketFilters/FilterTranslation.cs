using Disguise.Hardware.Nic.Filters;

namespace Disguise.Kernels.PacketFilters;

/// <summary>Turns specifications into predicates that a NIC can compare.</summary>
public static class FilterTranslation
{
    /// <summary>How many predicates one filter may have: peers times services.</summary>
    public const int PredicateLimit = 16;

    private const ushort EtherTypeIpv4 = 0x0800;
    private const byte ProtocolTcp = 6;
    private const byte ProtocolUdp = 17;

    /// <summary>
    /// Appends a predicate for each pair of peer and service; on refusal nothing is appended.
    /// </summary>
    public static FilterRefusal Translate(
        FilterSpecification specification, List<FilterPredicate> predicates)
    {
        FilterRefusal refusal = Check(specification);
        if (refusal != FilterRefusal.None)
        {
            return refusal;
        }

        FilterPredicate common = Common(specification);
        int peers = Math.Max(1, specification.Peers.Count);
        int services = Math.Max(1, specification.Services.Count);
        for (int peer = 0; peer < peers; peer++)
        {
            FilterPredicate ofPeer = specification.Peers.Count == 0
                ? common
                : WithPeer(common, specification, specification.Peers[peer]);
            for (int service = 0; service < services; service++)
            {
                FilterPredicate predicate = specification.Services.Count == 0
                    ? ofPeer
                    : WithService(ofPeer, specification, specification.Services[service]);
                if (!predicates.Contains(predicate))
                {
                    predicates.Add(predicate);
                }
            }
        }

        return FilterRefusal.None;
    }

    private static FilterRefusal Check(FilterSpecification specification)
    {
        if (!Enum.IsDefined(specification.Direction)
            || !Enum.IsDefined(specification.Level)
            || specification.LocalMac >> 48 != 0
            || specification.Vlan is > 4095 and not PacketFields.NoVlan)
        {
            return FilterRefusal.Malformed;
        }

        long pairs = Math.Max(1L, specification.Peers.Count)
            * Math.Max(1L, specification.Services.Count);
        if (pairs > PredicateLimit)
        {
            return FilterRefusal.TooManyPredicates;
        }

        foreach (FilterPeer peer in specification.Peers)
        {
            if (peer.Mac >> 48 != 0 || peer.PrefixLength > 32)
            {
                return FilterRefusal.Malformed;
            }

            if (!IsOfLevel(peer, specification.Level))
            {
                return FilterRefusal.PeerNotOfLevel;
            }
        }

        return specification.Level == FilterLevel.Ip
            && specification.Services.Any(service => service > byte.MaxValue)
                ? FilterRefusal.ServiceNotOfLevel
                : FilterRefusal.None;
    }

    private static bool IsOfLevel(in FilterPeer peer, FilterLevel level) => level switch
    {
        FilterLevel.Ethernet => peer is { PrefixLength: 0, Port: 0 },
        FilterLevel.Ip => peer is { Mac: 0, Port: 0 },
        _ => peer.Mac == 0,
    };

    private static FilterPredicate Common(FilterSpecification specification)
    {
        bool receives = specification.Direction == FilterDirection.Receive;
        FilterPredicate predicate = FilterPredicate.Everything.WithVlan(specification.Vlan);
        if (specification.LocalMac != 0)
        {
            predicate = receives
                ? predicate.WithDestinationMac(specification.LocalMac)
                : predicate.WithSourceMac(specification.LocalMac);
        }

        if (specification.Level == FilterLevel.Ethernet)
        {
            return predicate;
        }

        predicate = predicate.WithEtherType(EtherTypeIpv4);
        if (specification.LocalIp != 0)
        {
            predicate = receives
                ? predicate.WithDestinationIp(specification.LocalIp)
                : predicate.WithSourceIp(specification.LocalIp);
        }

        return specification.Level switch
        {
            FilterLevel.Udp => predicate.WithProtocol(ProtocolUdp),
            FilterLevel.Tcp => predicate.WithProtocol(ProtocolTcp),
            _ => predicate,
        };
    }

    private static FilterPredicate WithPeer(
        FilterPredicate predicate, FilterSpecification specification, in FilterPeer peer)
    {
        bool receives = specification.Direction == FilterDirection.Receive;
        if (peer.Mac != 0)
        {
            predicate = receives
                ? predicate.WithSourceMac(peer.Mac) : predicate.WithDestinationMac(peer.Mac);
        }

        if (peer.PrefixLength != 0)
        {
            predicate = receives
                ? predicate.WithSourceIp(peer.Ip, peer.PrefixLength)
                : predicate.WithDestinationIp(peer.Ip, peer.PrefixLength);
        }

        if (peer.Port != 0)
        {
            predicate = receives
                ? predicate.WithSourcePort(peer.Port)
                : predicate.WithDestinationPort(peer.Port);
        }

        return predicate;
    }

    private static FilterPredicate WithService(
        FilterPredicate predicate, FilterSpecification specification, ushort service)
    {
        if (service == 0)
        {
            return predicate;
        }

        bool receives = specification.Direction == FilterDirection.Receive;
        return specification.Level switch
        {
            FilterLevel.Ethernet => predicate.WithEtherType(service),
            FilterLevel.Ip => predicate.WithProtocol((byte)service),
            _ when receives => predicate.WithDestinationPort(service),
            _ => predicate.WithSourcePort(service),
        };
    }
}
