using System.Runtime.CompilerServices;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Native;
using Disguise.LibOS.Network;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Posix;

/// <summary>Receives for one socket; datagrams for others wait in their queues.</summary>
internal sealed class PosixReceiver(NativeLink link, PosixSockets sockets) : PacketReceiver(link)
{
    private int socket;
    private ulong address;
    private int capacityBytes;

    public int CopiedBytes { get; private set; }

    public Reception Taken { get; private set; }

    public RoutineAwaiter ReceiveFrom(int from, ulong to, int capacity)
    {
        (socket, address, capacityBytes) = (from, to, capacity);
        return Receive();
    }

    protected override bool TryTakeKept()
    {
        if (!sockets.TryTakeKept(socket, out var kept))
            return false;
        Copy(kept.Packet, kept.Reception);
        return true;
    }

    protected override bool Accept()
    {
        if (Reception.Owner == socket)
        {
            Copy(Packet, Reception);
            return true;
        }

        if (!sockets.TryKeep(Packet, Reception))
            Link.Driver.Done(Packet);
        return false;
    }

    [SkipLocalsInit]
    private void Copy(in Packet packet, in Reception reception)
    {
        Taken = reception;
        CopiedBytes = Math.Min(reception.PayloadBytes, capacityBytes);
        Span<byte> bytes = stackalloc byte[PacketBuffers.BufferBytes];
        bytes = bytes[..CopiedBytes];
        Link.Memory.Read(
            Link.Driver.AddressOf(packet) + (ulong)reception.PayloadOffsetBytes, bytes);
        Link.Memory.Write(address, bytes);
        Link.Context.Charge(ProfileCosts.CopyReceive, CopiedBytes);
        Link.Stack.Learn(reception.Endpoints);
        Link.Driver.Done(packet);
    }
}
