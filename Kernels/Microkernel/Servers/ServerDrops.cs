using Disguise.Hardware.Network;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>Why a server drops a packet.</summary>
public static class ServerDrops
{
    /// <summary>The socket holds as many datagrams as it may.</summary>
    public static DropReason SocketFull { get; } = DropReason.Define(
        "server-socket-full", "the socket in the network server holds as many as it may");

    /// <summary>No tenant has the frame's address.</summary>
    public static DropReason NoTenant { get; } = DropReason.Define(
        "server-no-tenant", "no tenant of the network server has the frame's address");

    /// <summary>The transmit ring is full.</summary>
    public static DropReason TransmitFull { get; } = DropReason.Define(
        "server-transmit-full", "the driver's transmit ring is full");

    /// <summary>The server on the other side has ended.</summary>
    public static DropReason ServerGone { get; } = DropReason.Define(
        "server-gone", "the server that the packet was for has ended");
}
