using Disguise.Hardware.Wire;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Network;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Posix;

/// <summary>
/// A UDP service over POSIX sockets, with a buffer of the application's in the domain's memory.
/// </summary>
/// <param name="sockets">The domain's sockets.</param>
/// <param name="buffer">Virtual address of the buffer.</param>
/// <param name="bufferBytes">Its length.</param>
public sealed class PosixDatagramSocket(PosixSockets sockets, ulong buffer, int bufferBytes)
    : IDatagramSocket
{
    private readonly int socket = sockets.Socket();

    /// <inheritdoc/>
    public UdpEndpoints Endpoints => sockets.Taken.Endpoints;

    /// <inheritdoc/>
    public int PayloadBytes => sockets.ReceivedBytes;

    /// <inheritdoc/>
    public BindResult Bind(ushort port) => sockets.Bind(socket, port);

    /// <inheritdoc/>
    public RoutineAwaiter Receive() => sockets.ReceiveFrom(socket, buffer, bufferBytes);

    /// <inheritdoc/>
    public RoutineAwaiter Reply() =>
        sockets.SendTo(socket, buffer, sockets.ReceivedBytes, sockets.Peer);
}
