using CsCheck;
using Disguise.Hardware.Nic.Filters;
using Disguise.Kernels.PacketFilters;
using Xunit;

namespace Disguise.Kernels.Tests.PacketFilters;

public sealed class FilterTranslationSpecs
{
    private const ulong Mac = 0x02_00_00_00_00_01;
    private const uint Ip = 0x0a000001;

    [Fact]
    public void A_server_filter_takes_its_port_from_everybody_and_nothing_else()
    {
        FilterPredicate predicate = Assert.Single(Translate(Udp(7)));
        Assert.True(predicate.Matches(Frame()));
        Assert.False(predicate.Matches(Frame(port: 8)));
        Assert.False(predicate.Matches(Frame(protocol: 6)));
        Assert.False(predicate.Matches(Frame(etherType: 0x86dd)));
        Assert.False(predicate.Matches(Frame(ip: 0x0a000009)));
        Assert.False(predicate.Matches(Frame(mac: 9)));
        Assert.False(predicate.Matches(Frame(vlan: 5)));
    }

    [Fact]
    public void Peers_times_services_make_the_predicates()
    {
        FilterSpecification both = Udp(7, 8) with
        {
            Peers = [FilterPeer.OfIp(0xc0a80000, 16), FilterPeer.OfIp(0x08080808, port: 53)],
        };
        List<FilterPredicate> predicates = Translate(both);
        Assert.Equal(4, predicates.Count);
        Assert.True(Any(predicates, Frame(peer: 0xc0a81234)));
        Assert.False(Any(predicates, Frame(peer: 0xc0a91234)));
        Assert.True(Any(predicates, Frame(peer: 0x08080808, peerPort: 53, port: 8)));
        Assert.False(Any(predicates, Frame(peer: 0x08080808, peerPort: 54, port: 8)));
    }

    [Fact]
    public void A_transmit_filter_is_the_receive_filter_seen_from_the_other_side() =>
        Gen.Select(Gen.Int[0, 3], Gen.UInt, Gen.Byte[0, 32], Gen.UShort[0, 9], Gen.UShort[0, 9])
            .Sample((level, peer, prefix, peerPort, port) =>
            {
                var receive = new FilterSpecification
                {
                    Direction = FilterDirection.Receive,
                    Level = (FilterLevel)level,
                    LocalMac = Mac,
                    LocalIp = Ip,
                    Services = [port],
                    Peers = level switch
                    {
                        0 => [FilterPeer.OfMac(peer)],
                        1 => [FilterPeer.OfIp(peer, prefix)],
                        _ => [FilterPeer.OfIp(peer, prefix, peerPort)],
                    },
                };
                FilterPredicate inwards = Assert.Single(Translate(receive));
                FilterPredicate outwards = Assert.Single(Translate(
                    receive with { Direction = FilterDirection.Transmit }));
                Assert.Equal(Turned(inwards.Mask), outwards.Mask);
                Assert.Equal(Turned(inwards.Value), outwards.Value);
            });

    [Fact]
    public void What_a_nic_cannot_hold_is_refused_and_nothing_is_appended()
    {
        Refuse(FilterRefusal.Malformed, Udp(7) with { LocalMac = 1UL << 48 });
        Refuse(FilterRefusal.Malformed, Udp(7) with { Level = (FilterLevel)4 });
        Refuse(FilterRefusal.Malformed, Udp(7) with { Direction = (FilterDirection)2 });
        Refuse(FilterRefusal.Malformed, Udp(7) with { Peers = [FilterPeer.OfIp(1, 33)] });
        Refuse(FilterRefusal.PeerNotOfLevel, Udp(7) with { Peers = [FilterPeer.OfMac(1)] });
        Refuse(
            FilterRefusal.PeerNotOfLevel,
            Udp(7) with { Level = FilterLevel.Ip, Peers = [FilterPeer.OfIp(1, 32, 5)] });
        Refuse(
            FilterRefusal.PeerNotOfLevel,
            Udp(7) with { Level = FilterLevel.Ethernet, Peers = [FilterPeer.OfIp(1)] });
        Refuse(FilterRefusal.ServiceNotOfLevel, Udp(256) with { Level = FilterLevel.Ip });
        Refuse(FilterRefusal.TooManyPredicates, Udp(new ushort[17]));
    }

    private static List<FilterPredicate> Translate(FilterSpecification specification)
    {
        var predicates = new List<FilterPredicate>();
        Assert.Equal(FilterRefusal.None, FilterTranslation.Translate(specification, predicates));
        return predicates;
    }

    private static void Refuse(FilterRefusal refusal, FilterSpecification specification)
    {
        var predicates = new List<FilterPredicate>();
        Assert.Equal(refusal, FilterTranslation.Translate(specification, predicates));
        Assert.Empty(predicates);
    }

    private static bool Any(List<FilterPredicate> predicates, PacketFields frame) =>
        predicates.Exists(predicate => predicate.Matches(frame));

    private static PacketFields Turned(in PacketFields fields) => PacketFields.Of(
        fields.SourceMac,
        fields.DestinationMac,
        fields.Vlan,
        fields.EtherType,
        fields.Protocol,
        fields.DestinationIp,
        fields.SourceIp,
        fields.DestinationPort,
        fields.SourcePort);

    private static FilterSpecification Udp(params ushort[] ports) => new()
    {
        Direction = FilterDirection.Receive,
        Level = FilterLevel.Udp,
        LocalMac = Mac,
        LocalIp = Ip,
        Services = ports,
    };

    private static PacketFields Frame(
        ulong mac = Mac,
        ushort vlan = PacketFields.NoVlan,
        ushort etherType = 0x0800,
        byte protocol = 17,
        uint peer = 0x01020304,
        uint ip = Ip,
        ushort peerPort = 5555,
        ushort port = 7) =>
        PacketFields.Of(mac, 3, vlan, etherType, protocol, peer, ip, peerPort, port);
}
