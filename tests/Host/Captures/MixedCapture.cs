using Disguise.Actors.Time;
using Disguise.Hardware.Captures;
using Disguise.Hardware.Wire;
using Disguise.Host.Composition;

namespace Disguise.Host.Tests.Captures;

/// <summary>
/// Makes <c>experiments/captures/mixed.pcapng</c>: what a station sends that meets an echo tenant
/// for the first time, and a few frames that deserve no answer. All go from the first client to
/// the first tenant, 100 us apart.
/// </summary>
internal static class MixedCapture
{
    public const string Name = "mixed.pcapng";

    /// <summary>Frames that get an answer: ARP, ping, and UDP to the echo port.</summary>
    public const int Answered = 2 + 6;

    /// <summary>Frames that are whole Ethernet frames and are sent.</summary>
    public const int Sent = Answered + 2;

    private const long SpacingPs = 100 * Picoseconds.PerMicrosecond;
    private const ushort EchoPort = 7;
    private const ushort ClosedPort = 9_999;
    private const ushort OwnPort = 40_000;
    private const ushort ForeignVlan = 100;

    private static readonly int[] EchoSizesBytes = [1, 18, 64, 512, 1_024, 1_472];

    /// <summary>The bytes of the file.</summary>
    public static byte[] Make()
    {
        using var stream = new MemoryStream();
        using (var writer = new PcapngWriter(stream, leaveOpen: true))
        {
            writer.AddInterface("client");
            var timePs = 0L;
            foreach (var (frame, comment) in Frames())
            {
                writer.Write(0, timePs, frame, CaptureDirection.Outbound, comment);
                timePs += SpacingPs;
            }
        }

        return stream.ToArray();
    }

    private static IEnumerable<(byte[] Frame, string Comment)> Frames()
    {
        var hosts = new Ipv4Endpoints(
            AddressPlan.ClientMac(0), AddressPlan.TenantMac(0),
            AddressPlan.ClientIp(0), AddressPlan.TenantIp(0));
        yield return (
            Built(room => FrameBuilder.ArpRequest(
                room, hosts.SourceMac, hosts.Source, hosts.Destination)),
            "asks for the tenant's Ethernet address");
        yield return (
            Built(room => FrameBuilder.IcmpEcho(room, hosts, 1, 1, Payload(56))),
            "ping");
        foreach (var size in EchoSizesBytes)
        {
            yield return (
                Built(room => FrameBuilder.Udp(
                    room, new UdpEndpoints(hosts, OwnPort, EchoPort), Payload(size))),
                $"echo request of {size} bytes");
        }

        yield return (
            Built(room => FrameBuilder.Udp(
                room, new UdpEndpoints(hosts, OwnPort, ClosedPort), Payload(64))),
            "to a port where nobody listens");
        yield return (
            Built(room => FrameBuilder.Udp(
                room,
                new UdpEndpoints(
                    hosts with { Vlan = new VlanTag(ForeignVlan) }, OwnPort, EchoPort),
                Payload(64))),
            "tagged for a VLAN that the tenant is not in");
        yield return ([.. Payload(10)], "no whole Ethernet header: a replay leaves it out");
    }

    private static byte[] Built(Func<byte[], int> build)
    {
        var room = new byte[EthernetLimits.MaximumTaggedFrameBytes];
        return room[..build(room)];
    }

    private static byte[] Payload(int bytes)
    {
        var payload = new byte[bytes];
        for (var index = 0; index < bytes; index++)
            payload[index] = (byte)('a' + (index % 26));
        return payload;
    }
}
