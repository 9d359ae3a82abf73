using System.Runtime.CompilerServices;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Native;
using Disguise.LibOS.Network;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Posix;

/// <summary>Sends what an application has in a buffer of its own.</summary>
internal sealed class PosixSender(NativeLink link) : PacketSender(link)
{
    private ushort port;
    private ulong address;
    private int lengthBytes;
    private UdpPeer peer;

    public RoutineAwaiter SendTo(ushort from, ulong at, int length, UdpPeer to)
    {
        (port, address, lengthBytes, peer) = (from, at, length, to);
        return Send(default);
    }

    /// <summary>Nothing has been taken for a packet that was never made.</summary>
    protected override void GiveUp(in Packet unsent)
    {
    }

    [SkipLocalsInit]
    protected override bool TryMake(ref Packet made)
    {
        var stack = Link.Stack;
        if ((uint)lengthBytes > FrameBuilder.MaximumPayloadBytes
            || !stack.TryResolve(peer.Ip, Link.Driver, out var mac)
            || !Link.Driver.TryTakeBuffer(out var buffer))
            return false;
        Span<byte> bytes = stackalloc byte[PacketBuffers.BufferBytes];
        var endpoints = new UdpEndpoints(
            new Ipv4Endpoints(stack.Mac, mac, stack.Ip, peer.Ip), port, peer.Port);
        var head = UdpHeaders.Write(bytes, endpoints, lengthBytes);
        bytes = bytes[..(head + lengthBytes)];
        Link.Memory.Read(address, bytes[head..]);
        made = new Packet(buffer, 0, bytes.Length, NeedsChecksums: true);
        Link.Memory.Write(Link.Driver.AddressOf(made), bytes);
        Link.Context.Charge(ProfileCosts.CopySend, lengthBytes);
        return true;
    }
}
