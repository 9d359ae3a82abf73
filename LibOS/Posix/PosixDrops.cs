using Disguise.Hardware.Network;

namespace Disguise.LibOS.Posix;

/// <summary>Why the POSIX interface drops a packet that the stack let through.</summary>
public static class PosixDrops
{
    /// <summary>The socket's queue is full.</summary>
    public static DropReason SocketQueueFull { get; } = DropReason.Define(
        "socket-queue-full", "the queue of the socket is full");
}
