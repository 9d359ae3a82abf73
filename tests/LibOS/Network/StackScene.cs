using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Network;

namespace Disguise.LibOS.Tests.Network;

/// <summary>A stack and a neighbour that sends it frames and sees its answers.</summary>
internal sealed class StackScene : IFrameSink
{
    public static readonly MacAddress Mac = new(0x02_00_00_00_00_07);
    public static readonly MacAddress NeighbourMac = new(0x02_00_00_00_00_99);
    public static readonly Ipv4Address Ip = new(10, 0, 0, 7);
    public static readonly Ipv4Address NeighbourIp = new(10, 0, 0, 99);

    public NetworkStack Stack { get; } = new(Mac, Ip);

    public List<byte[]> Answers { get; } = [];

    public bool HasRoom { get; set; } = true;

    public static Ipv4Endpoints Hosts => new(NeighbourMac, Mac, NeighbourIp, Ip);

    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        if (HasRoom)
            Answers.Add(frame.ToArray());
        return HasRoom;
    }

    public Reception Receive(
        ReadOnlySpan<byte> frame, long nowPs = 0, ChecksumStatus checksums = ChecksumStatus.None) =>
        Stack.Receive(new FrameInArray(frame.ToArray(), checksums), this, nowPs);

    public static byte[] Udp(
        ushort port, ReadOnlySpan<byte> payload, Ipv4Endpoints? hosts = null,
        ushort sourcePort = 5_000)
    {
        var room = new byte[EthernetLimits.MaximumTaggedFrameBytes];
        var length = FrameBuilder.Udp(
            room, new UdpEndpoints(hosts ?? Hosts, sourcePort, port), payload);
        return room[..length];
    }

    public static byte[] ArpRequest(Ipv4Address target, MacAddress? sender = null)
    {
        var room = new byte[EthernetLimits.MinimumFrameBytes];
        FrameBuilder.ArpRequest(room, sender ?? NeighbourMac, NeighbourIp, target);
        return room;
    }

    public static byte[] Echo(ReadOnlySpan<byte> payload, Ipv4Endpoints? hosts = null)
    {
        var room = new byte[EthernetLimits.MaximumTaggedFrameBytes];
        return room[..FrameBuilder.IcmpEcho(room, hosts ?? Hosts, 3, 4, payload)];
    }

    private readonly struct FrameInArray(byte[] bytes, ChecksumStatus checksums) : IReceivedFrame
    {
        public int LengthBytes => bytes.Length;

        public ChecksumStatus Checksums => checksums;

        public void Read(int offsetBytes, Span<byte> destination) =>
            bytes.AsSpan(offsetBytes, destination.Length).CopyTo(destination);
    }
}
