using System.Buffers.Binary;
using Disguise.Actors.Randomness;
using Disguise.Hardware.Wire;
using Disguise.LibOS.Tests.Worlds;

namespace Disguise.LibOS.Tests.Fuzz;

/// <summary>Frames to tenants: half of them valid, half with one field that is not.</summary>
internal sealed class FrameFuzzer(DeterministicRandom random, int tenants, int station)
{
    public const int LongestFrameBytes = 2_000;

    private const ushort EchoPort = 7;

    // Offset and length of each header field of Ethernet, IPv4 or ARP, and UDP.
    private static readonly (int Offset, int Length)[] Fields =
    [
        (0, 6), (6, 6), (12, 2), (14, 1), (15, 1), (16, 2), (18, 2), (20, 2), (22, 1), (23, 1),
        (24, 2), (26, 4), (30, 4), (34, 2), (36, 2), (38, 2), (40, 2), (42, 4),
    ];

    /// <summary>Frames of which no field was changed.</summary>
    public long ValidCount { get; private set; }

    /// <summary>Frames of which one field was changed.</summary>
    public long MutatedCount { get; private set; }

    /// <summary>The next frame; its length is returned.</summary>
    public int Next(Span<byte> room)
    {
        var length = Valid(room);
        if (random.Below(2) == 0)
        {
            ValidCount++;
            return length;
        }

        MutatedCount++;
        return Mutate(room, length);
    }

    private int Valid(Span<byte> room)
    {
        var tenant = Pick(tenants);
        var hosts = new Ipv4Endpoints(
            TenantWorld.StationMacOf(station), TenantWorld.MacOf(tenant),
            TenantWorld.StationIpOf(station), TenantWorld.IpOf(tenant));
        var payload = room.Slice(LongestFrameBytes - 1_500, Pick(8) == 0 ? Pick(1_473) : Pick(64));
        var kind = Pick(20);
        if (kind == 0)
            return FrameBuilder.ArpRequest(room, hosts.SourceMac, hosts.Source, hosts.Destination);
        if (kind == 1)
        {
            return FrameBuilder.ArpReply(
                room, new ArpHeader(
                    ArpOperation.Request, hosts.DestinationMac, hosts.Destination,
                    hosts.SourceMac, hosts.Source),
                hosts.SourceMac);
        }

        if (kind <= 3)
        {
            return FrameBuilder.IcmpEcho(
                room, hosts, (ushort)Pick(9), (ushort)Pick(9), payload[..(payload.Length / 2)]);
        }

        if (kind == 4)
            hosts = hosts with { Vlan = new VlanTag(1 + Pick(4_000)) };
        var port = kind == 5 ? (ushort)Pick(65_536) : EchoPort;
        return FrameBuilder.Udp(
            room, new UdpEndpoints(hosts, (ushort)(1_024 + Pick(100)), port),
            payload[..Math.Min(payload.Length, 1_400)]);
    }

    private int Mutate(Span<byte> room, int length)
    {
        var field = Pick(Fields.Length + 2);
        if (field == Fields.Length)
            return 1 + Pick(length - 1);
        if (field == Fields.Length + 1)
        {
            var longer = length + 1 + Pick(LongestFrameBytes - length - 1);
            room[length..longer].Fill((byte)Pick(256));
            return longer;
        }

        var (offset, bytes) = Fields[field];
        if (offset + bytes > length)
            return length;
        var value = room.Slice(offset, bytes);
        switch (Pick(4))
        {
            case 0:
                value.Fill((byte)(Pick(2) * 255));
                break;
            case 1:
                value[^1] += (byte)(Pick(2) == 0 ? 1 : 255);
                break;
            case 2:
                value[Pick(bytes)] ^= (byte)(1 << Pick(8));
                break;
            default:
                Span<byte> any = stackalloc byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64LittleEndian(any, random.Next());
                any[..bytes].CopyTo(value);
                break;
        }

        // With right checksums the field is looked at behind the checks of checksums, too.
        if (Pick(2) == 0)
        {
            ChecksumOffload.FillIpv4(room[..length]);
            ChecksumOffload.FillUdp(room[..length]);
        }

        return length;
    }

    private int Pick(int limit) => (int)random.Below((ulong)limit);
}
