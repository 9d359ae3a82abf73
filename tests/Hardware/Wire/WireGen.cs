using CsCheck;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Wire;

/// <summary>Generators of addresses, headers and frames.</summary>
internal static class WireGen
{
    public static readonly Gen<MacAddress> Mac =
        Gen.ULong[0, (1UL << 48) - 1].Select(value => new MacAddress(value));

    public static readonly Gen<Ipv4Address> Address =
        Gen.UInt.Select(value => new Ipv4Address(value));

    public static readonly Gen<VlanTag?> Vlan = Gen.OneOf(
        Gen.Const((VlanTag?)null),
        Gen.Select(Gen.Int[0, 4094], Gen.Int[0, 7], Gen.Bool)
            .Select((identifier, priority, eligible) =>
                (VlanTag?)new VlanTag(identifier, priority, eligible)));

    public static readonly Gen<Ipv4Endpoints> Hosts = Gen.Select(Mac, Mac, Address, Address, Vlan)
        .Select((sourceMac, destinationMac, source, destination, vlan) =>
            new Ipv4Endpoints(sourceMac, destinationMac, source, destination, vlan));

    public static readonly Gen<UdpEndpoints> Udp = Gen.Select(Hosts, Gen.UShort, Gen.UShort)
        .Select((hosts, source, destination) => new UdpEndpoints(hosts, source, destination));

    public static readonly Gen<byte[]> Payload = Gen.Byte.Array[0, 200];

    public static readonly Gen<Ipv4Header> Ipv4 = Gen.Select(
        Gen.Select(Address, Address, Gen.Byte.Select(number => (IpProtocol)number)),
        Gen.Select(Gen.Byte, Gen.UShort, Gen.Byte),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 8_000], Gen.Int[0, 1_480]))
        .Select((addresses, bytes, fragment) =>
            new Ipv4Header(addresses.Item1, addresses.Item2, addresses.Item3, fragment.Item4)
            {
                DifferentiatedServices = bytes.Item1,
                Identification = bytes.Item2,
                TimeToLive = bytes.Item3,
                IsDontFragment = fragment.Item1,
                HasMoreFragments = fragment.Item2,
                FragmentOffsetBytes = fragment.Item3 * 8,
            });

    /// <summary>A valid frame of any kind that the builder writes.</summary>
    public static readonly Gen<byte[]> Frame = Gen.OneOf(
        Gen.Select(Udp, Payload).Select((endpoints, payload) =>
            Build(frame => FrameBuilder.Udp(frame, endpoints, payload))),
        Gen.Select(Hosts, Gen.UShort, Gen.UShort, Payload).Select((hosts, id, number, payload) =>
            Build(frame => FrameBuilder.IcmpEcho(frame, hosts, id, number, payload))),
        Gen.Select(Mac, Address, Address, Vlan).Select((mac, sender, target, vlan) =>
            Build(frame => FrameBuilder.ArpRequest(frame, mac, sender, target, vlan))));

    public delegate int FrameWriter(Span<byte> frame);

    /// <summary>A frame of its own length.</summary>
    public static byte[] Build(FrameWriter write)
    {
        var room = new byte[EthernetLimits.MaximumTaggedFrameBytes];
        return room[..write(room)];
    }
}
