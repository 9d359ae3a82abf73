using Disguise.Hardware.Network;

namespace Disguise.Kernels.Monolithic;

/// <summary>Why a monolithic kernel drops packets, beside what the stack has.</summary>
public static class MonolithicDrops
{
    /// <summary>The receive buffer of the socket is full.</summary>
    public static DropReason SocketBufferFull { get; } = DropReason.Define(
        "socket-buffer-full", "the receive buffer of the socket is full");

    /// <summary>No network namespace has the frame's address.</summary>
    public static DropReason NoNamespace { get; } = DropReason.Define(
        "no-namespace", "no network namespace has the destination address");

    /// <summary>The kernel's packet buffers are all in queues.</summary>
    public static DropReason BuffersExhausted { get; } = DropReason.Define(
        "kernel-buffers-exhausted", "all packet buffers of the kernel are in queues");

    /// <summary>The socket was closed, or its process ended, with the packet in it.</summary>
    public static DropReason SocketClosed { get; } = DropReason.Define(
        "socket-closed", "the socket was closed while the packet was in it");

    /// <summary>The queueing discipline holds as much as it may.</summary>
    public static DropReason QueueingDisciplineFull { get; } = DropReason.Define(
        "queueing-discipline-full", "the queueing discipline holds as many packets as it may");

    /// <summary>The datagram could not be copied to its process.</summary>
    public static DropReason BadUserAddress { get; } = DropReason.Define(
        "bad-user-address", "the process gave an address that is not its own");

    /// <summary>The neighbour's Ethernet address is not known.</summary>
    public static DropReason NeighbourUnknown { get; } = DropReason.Define(
        "neighbour-unknown", "the Ethernet address of the next hop is not known yet");
}
