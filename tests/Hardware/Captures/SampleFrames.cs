using Disguise.Hardware.Tests.Wire;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Captures;

/// <summary>One frame of each kind: ARP, ICMP and UDP, plain and on a VLAN, even and odd.</summary>
internal static class SampleFrames
{
    public static readonly Ipv4Endpoints Hosts = new(
        new(0x020000000001), new(0x020000000002), new(10, 0, 0, 1), new(10, 0, 0, 2));

    public static IReadOnlyList<byte[]> All { get; } = [.. Make()];

    private static IEnumerable<byte[]> Make()
    {
        foreach (var vlan in new VlanTag?[] { null, new VlanTag(42, 5) })
        {
            var hosts = Hosts with { Vlan = vlan };
            yield return WireGen.Build(room => FrameBuilder.ArpRequest(
                room, hosts.SourceMac, hosts.Source, hosts.Destination, vlan));
            var request = ArpHeader.Request(hosts.SourceMac, hosts.Source, hosts.Destination);
            yield return WireGen.Build(room =>
                FrameBuilder.ArpReply(room, request, hosts.DestinationMac, vlan));
            foreach (var payloadBytes in new[] { 0, 1, 18, 19, 301, 1_472 })
            {
                var payload = new byte[payloadBytes];
                for (var index = 0; index < payloadBytes; index++)
                {
                    payload[index] = (byte)(index * 7);
                }

                yield return WireGen.Build(room => FrameBuilder.Udp(
                    room, new UdpEndpoints(hosts, 40_000, 40_001), payload));
                yield return WireGen.Build(room => FrameBuilder.IcmpEcho(
                    room, hosts, 7, (ushort)payloadBytes, payload));
                yield return WireGen.Build(room => FrameBuilder.Icmp(
                    room, hosts.Reversed, IcmpHeader.EchoReply(7, (ushort)payloadBytes), payload));
            }

            yield return Unreachable(hosts);
        }
    }

    private static byte[] Unreachable(Ipv4Endpoints hosts)
    {
        var refused = WireGen.Build(room => FrameBuilder.Udp(
            room, new UdpEndpoints(hosts with { Vlan = null }, 40_000, 9), "nobody"u8));
        return WireGen.Build(room => FrameBuilder.Icmp(
            room,
            hosts.Reversed,
            IcmpHeader.DestinationUnreachable(IcmpUnreachableCode.Port),
            refused.AsSpan(14, Ipv4Header.LengthBytes + UdpHeader.LengthBytes)));
    }
}
