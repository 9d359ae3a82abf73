using Disguise.Actors.Execution;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Servers;
using Disguise.Kernels.Microkernel.UserLevel;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Posix;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Ipc;

/// <summary>
/// A UDP service whose socket is in a network server: binding, receiving and sending are calls to
/// it. Of a peer the process knows what <c>sockaddr_in</c> holds, no Ethernet address.
/// </summary>
public sealed class ServerSocket : IDatagramSocket
{
    private readonly UserThread thread;
    private readonly Handle server;
    private readonly Ipv4Address self;
    private readonly ReceiveCall receive;
    private readonly SendCall send;
    private readonly ulong buffer;
    private readonly int bufferBytes;
    private ulong socket = ServerLabels.NoSocket;

    /// <summary>A service that has no port yet.</summary>
    /// <param name="thread">The thread that calls.</param>
    /// <param name="server">The capability to the server.</param>
    /// <param name="self">The process' IPv4 address.</param>
    /// <param name="buffer">Address of the application's buffer.</param>
    /// <param name="bufferBytes">Its length.</param>
    /// <param name="requests">Follows requests when set.</param>
    public ServerSocket(
        UserThread thread, Handle server, Ipv4Address self, ulong buffer, int bufferBytes,
        IRequestObserver? requests)
    {
        this.thread = thread;
        this.server = server;
        this.self = self;
        this.buffer = buffer;
        this.bufferBytes = bufferBytes;
        receive = new ReceiveCall(thread, server, self, requests);
        send = new SendCall(thread, server, self, requests);
    }

    /// <summary>The process' thread, for a program that sends messages of its own.</summary>
    public UserThread Thread => thread;

    /// <summary>The capability by which the server is called.</summary>
    public Handle Server => server;

    /// <summary>The socket's number in the server.</summary>
    public ulong Number => socket;

    /// <inheritdoc/>
    public UdpEndpoints Endpoints => new(
        new Ipv4Endpoints(default, default, receive.Source, self), receive.SourcePort,
        receive.DestinationPort);

    /// <inheritdoc/>
    public int PayloadBytes => receive.ReceivedBytes;

    /// <inheritdoc/>
    public async EmulatedTask<BindResult> Bind(ushort port)
    {
        var registers = thread.Registers;
        registers.Begin(ServerLabels.Bind);
        registers.Add(port);
        registers.Add(socket);
        var called = await thread.Call(server);
        if (called != KernelResult.Done || registers[0] != (ulong)ServerStatus.Done)
            return BindResult.TableFull;
        var result = (BindResult)registers[1];
        if (result == BindResult.Bound)
            socket = registers[2];
        return result;
    }

    /// <inheritdoc/>
    public RoutineAwaiter Receive() => receive.Receive(socket, buffer, bufferBytes);

    /// <inheritdoc/>
    public RoutineAwaiter Reply() => send.Send(
        socket, buffer, receive.ReceivedBytes, new UdpPeer(receive.Source, receive.SourcePort));
}
