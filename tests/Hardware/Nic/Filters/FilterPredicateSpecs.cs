using CsCheck;
using Disguise.Hardware.Nic.Filters;
using Xunit;

namespace Disguise.Hardware.Tests.Nic.Filters;

public sealed class FilterPredicateSpecs
{
    // Bytes of two values only, so that predicates overlap and cover each other often.
    private static readonly Gen<PacketFields> SmallFields =
        from bits in Gen.Int[0, 511]
        select PacketFields.Of(
            Bit(bits, 0), Bit(bits, 1), (ushort)Bit(bits, 2), (ushort)Bit(bits, 3),
            (byte)Bit(bits, 4), Bit(bits, 5), Bit(bits, 6), (ushort)Bit(bits, 7),
            (ushort)Bit(bits, 8));

    private static readonly Gen<FilterPredicate> SmallPredicate =
        Gen.Select(SmallFields, SmallFields, (mask, value) => FilterPredicate.Of(mask, value));

    [Fact]
    public void Fields_come_back_as_they_were_packed() =>
        Gen.Select(Gen.ULong[0, 0xffff_ffff_ffff], Gen.UShort, Gen.Byte, Gen.UInt).Sample(
            (mac, port, protocol, ip) =>
            {
                ulong otherMac = mac ^ 0xffff_ffff_ffff;
                ushort otherPort = (ushort)~port;
                var fields = PacketFields.Of(
                    mac, otherMac, port, otherPort, protocol, ip, ~ip, otherPort, port);
                Assert.Equal((mac, otherMac), (fields.DestinationMac, fields.SourceMac));
                Assert.Equal((port, otherPort), (fields.Vlan, fields.EtherType));
                Assert.Equal((ip, ~ip), (fields.SourceIp, fields.DestinationIp));
                Assert.Equal((otherPort, port), (fields.SourcePort, fields.DestinationPort));
                Assert.Equal(protocol, fields.Protocol);
            });

    [Fact]
    public void A_frame_that_differs_in_a_field_asked_for_does_not_match()
    {
        var frame = PacketFields.Of(1, 2, 3, 0x800, 17, 0x0a000001, 0x0a000002, 5, 6);
        FilterPredicate all = FilterPredicate.Everything
            .WithDestinationMac(1).WithSourceMac(2).WithVlan(3).WithEtherType(0x800)
            .WithProtocol(17).WithSourceIp(0x0a000001).WithDestinationIp(0x0a000002)
            .WithSourcePort(5).WithDestinationPort(6);
        Assert.True(all.Matches(frame));
        Assert.False(all.WithDestinationMac(9).Matches(frame));
        Assert.False(all.WithSourceMac(9).Matches(frame));
        Assert.False(all.WithVlan(PacketFields.NoVlan).Matches(frame));
        Assert.False(all.WithEtherType(0x806).Matches(frame));
        Assert.False(all.WithProtocol(6).Matches(frame));
        Assert.False(all.WithSourceIp(0x0a000009).Matches(frame));
        Assert.False(all.WithDestinationIp(0x0a000009).Matches(frame));
        Assert.False(all.WithSourcePort(9).Matches(frame));
        Assert.False(all.WithDestinationPort(9).Matches(frame));
    }

    [Fact]
    public void A_prefix_matches_what_lies_under_it()
    {
        FilterPredicate prefix = FilterPredicate.Everything.WithSourceIp(0x0a010203, 16);
        Assert.True(prefix.Matches(From(0x0a01ffff)));
        Assert.False(prefix.Matches(From(0x0a020203)));
        Assert.True(FilterPredicate.Everything.WithSourceIp(0x0a010203, 0).Matches(From(1)));
    }

    [Fact]
    public void Two_predicates_overlap_just_when_some_frame_matches_both() =>
        Gen.Select(SmallPredicate, SmallPredicate).Sample((a, b) =>
            FilterPredicate.Overlaps(a, b)
                == AllFields().Any(frame => a.Matches(frame) && b.Matches(frame)));

    [Fact]
    public void One_predicate_covers_another_just_when_it_matches_all_its_frames() =>
        Gen.Select(SmallPredicate, SmallPredicate).Sample((a, b) =>
            FilterPredicate.Covers(a, b)
                == AllFields().All(frame => a.Matches(frame) || !b.Matches(frame)));

    [Fact]
    public void What_an_82599_can_hold_of_a_predicate_is_its_mac_and_vlan()
    {
        FilterPredicate whole = FilterPredicate.Everything
            .WithDestinationMac(1).WithSourceMac(4).WithVlan(2).WithDestinationPort(3);
        Assert.Equal(
            FilterPredicate.Everything.WithDestinationMac(1).WithVlan(2),
            whole.OnlyDestinationMacAndVlan());
        Assert.Equal(
            FilterPredicate.Everything.WithSourceMac(4).WithVlan(2),
            whole.OnlySourceMacAndVlan());
    }

    private static uint Bit(int bits, int at) => (uint)(bits >> at) & 1;

    private static IEnumerable<PacketFields> AllFields() =>
        Enumerable.Range(0, 512).Select(bits => PacketFields.Of(
            Bit(bits, 0), Bit(bits, 1), (ushort)Bit(bits, 2), (ushort)Bit(bits, 3),
            (byte)Bit(bits, 4), Bit(bits, 5), Bit(bits, 6), (ushort)Bit(bits, 7),
            (ushort)Bit(bits, 8)));

    private static PacketFields From(uint ip) =>
        PacketFields.Of(1, 2, PacketFields.NoVlan, 0x800, 17, ip, 0x0a000001, 9, 7);
}
