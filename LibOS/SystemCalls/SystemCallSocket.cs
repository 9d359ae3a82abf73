using Disguise.Actors.Execution;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Posix;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.SystemCalls;

/// <summary>
/// A UDP service over a socket of the kernel's, with a buffer of the application's in the
/// process' memory. Ethernet addresses are the kernel's business: endpoints have none.
/// </summary>
/// <param name="sockets">The process' sockets.</param>
/// <param name="own">Address of the process' network namespace.</param>
/// <param name="buffer">Virtual address of the buffer.</param>
/// <param name="bufferBytes">Its length.</param>
public sealed class SystemCallSocket(
    ProcessSockets sockets, Ipv4Address own, ulong buffer, int bufferBytes) : IDatagramSocket
{
    private int socket = -1;
    private ushort port;

    /// <summary>The sockets of the process, for a program that wants more than one.</summary>
    public ProcessSockets Sockets { get; } = sockets;

    /// <inheritdoc/>
    public UdpEndpoints Endpoints => new(
        new Ipv4Endpoints(default, default, Sockets.Peer.Ip, own), Sockets.Peer.Port, port);

    /// <inheritdoc/>
    public int PayloadBytes => Sockets.ReceivedBytes;

    /// <inheritdoc/>
    public async EmulatedTask<BindResult> Bind(ushort asked)
    {
        if (socket < 0)
            socket = await Sockets.Socket();
        if (socket < 0)
            return BindResult.TableFull;
        port = asked;
        return await Sockets.Bind(socket, asked) switch
        {
            ErrorNumber.None => BindResult.Bound,
            ErrorNumber.AddressInUse or ErrorNumber.InvalidArgument => BindResult.PortInUse,
            _ => BindResult.TableFull,
        };
    }

    /// <inheritdoc/>
    public RoutineAwaiter Receive() => Sockets.ReceiveFrom(socket, buffer, bufferBytes);

    /// <inheritdoc/>
    public RoutineAwaiter Reply() =>
        Sockets.SendTo(socket, buffer, Sockets.ReceivedBytes, Sockets.Peer);
}
