using Disguise.Actors.Execution;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
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
    private int socket = -1;

    /// <summary>The sockets of the domain, for a program that wants more than one.</summary>
    public PosixSockets Sockets { get; } = sockets;

    /// <inheritdoc/>
    public UdpEndpoints Endpoints => Sockets.Taken.Endpoints;

    /// <inheritdoc/>
    public int PayloadBytes => Sockets.ReceivedBytes;

    /// <inheritdoc/>
    public EmulatedTask<BindResult> Bind(ushort port)
    {
        if (socket < 0)
            socket = Sockets.Socket();
        return new EmulatedTask<BindResult>(Sockets.Bind(socket, port));
    }

    /// <inheritdoc/>
    public RoutineAwaiter Receive() => Sockets.ReceiveFrom(socket, buffer, bufferBytes);

    /// <inheritdoc/>
    public RoutineAwaiter Reply() =>
        Sockets.SendTo(socket, buffer, Sockets.ReceivedBytes, Sockets.Peer);
}
