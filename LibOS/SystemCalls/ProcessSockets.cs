using Disguise.Actors.Execution;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Posix;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.SystemCalls;

/// <summary>
/// Sockets of a process by system call: <c>socket</c>, <c>bind</c>, <c>recvfrom</c>,
/// <c>sendto</c>, <c>epoll_create1</c>, <c>epoll_ctl</c>, <c>epoll_wait</c>. What the kernel
/// writes for the library goes to a page of its own.
/// </summary>
/// <param name="gate">The way into the kernel.</param>
/// <param name="memory">The process' memory.</param>
/// <param name="page">Address of a page for the library.</param>
public sealed class ProcessSockets(SystemCallGate gate, DomainMemory memory, ulong page)
{
    /// <summary>Most events that one wait tells.</summary>
    public const int EventLimit = 64;

    private const int SourceOffset = 0;
    private const int DestinationOffset = SocketAddress.LengthBytes;
    private const int EventOffset = 2 * SocketAddress.LengthBytes;

    /// <summary>The way into the kernel, for calls that are not among these.</summary>
    public SystemCallGate Gate => gate;

    /// <summary>Result of the last call, or an error negated.</summary>
    public long ReturnValue => gate.ReturnValue;

    /// <summary>Bytes that the last receive copied.</summary>
    public int ReceivedBytes => gate.ReceivedBytes;

    /// <summary>Why the last call failed, if it did.</summary>
    public ErrorNumber Error => gate.Error;

    /// <summary>From whom the datagram came that was received last.</summary>
    public UdpPeer Peer
    {
        get
        {
            var address = AddressAt(SourceOffset);
            return new UdpPeer(address.Ip, address.Port);
        }
    }

    /// <summary>Makes a socket: a descriptor, or an error negated.</summary>
    public async EmulatedTask<int> Socket()
    {
        await gate.Call(SystemCallNumber.Socket);
        return (int)gate.ReturnValue;
    }

    /// <summary>Binds a socket; port 0 asks for an ephemeral one.</summary>
    public async EmulatedTask<ErrorNumber> Bind(int socket, ushort port)
    {
        Write(DestinationOffset, new SocketAddress(default, port));
        await gate.Call(SystemCallNumber.Bind, socket, AddressOf(DestinationOffset));
        return gate.Error;
    }

    /// <summary>The port that a socket is bound to; 0 before.</summary>
    public async EmulatedTask<int> PortOf(int socket)
    {
        var isNamed = await gate.Call(
            SystemCallNumber.GetSocketName, socket, AddressOf(SourceOffset));
        return isNamed ? AddressAt(SourceOffset).Port : (int)gate.ReturnValue;
    }

    /// <summary>Closes a descriptor.</summary>
    public RoutineAwaiter Close(int descriptor) => gate.Call(SystemCallNumber.Close, descriptor);

    /// <summary>
    /// Waits for a datagram and has its payload, or what fits of it, copied to an address.
    /// </summary>
    public RoutineAwaiter ReceiveFrom(
        int socket, ulong address, int capacityBytes, MessageFlags flags = MessageFlags.None) =>
        gate.Call(
            SystemCallNumber.ReceiveFrom, socket, (long)address, capacityBytes, (long)flags,
            AddressOf(SourceOffset));

    /// <summary>Sends a payload; waits while the socket's send buffer is full.</summary>
    public RoutineAwaiter SendTo(
        int socket, ulong address, int lengthBytes, UdpPeer peer,
        MessageFlags flags = MessageFlags.None)
    {
        Write(DestinationOffset, new SocketAddress(peer.Ip, peer.Port));
        return gate.Call(
            SystemCallNumber.SendTo, socket, (long)address, lengthBytes, (long)flags,
            AddressOf(DestinationOffset));
    }

    /// <summary>Makes a set of sockets to wait for: a descriptor, or an error negated.</summary>
    public async EmulatedTask<int> CreateEventPoll()
    {
        await gate.Call(SystemCallNumber.EventPollCreate);
        return (int)gate.ReturnValue;
    }

    /// <summary>
    /// Changes a set: an operation of <see cref="PolledEvent"/>, a socket, and what is asked of
    /// it.
    /// </summary>
    public RoutineAwaiter ControlEventPoll(int set, long operation, int socket, PolledEvent asked)
    {
        Span<byte> bytes = stackalloc byte[PolledEvent.LengthBytes];
        asked.Write(bytes);
        memory.Write(page + EventOffset, bytes);
        return gate.Call(
            SystemCallNumber.EventPollControl, set, operation, socket, AddressOf(EventOffset));
    }

    /// <summary>
    /// Waits until a socket of a set is ready, or a time has passed: -1 for ever, 0 not at all.
    /// How many are is <see cref="ReturnValue"/>, and which, <see cref="EventAt"/>.
    /// </summary>
    public RoutineAwaiter WaitForEvents(int set, int timeoutMilliseconds = -1) => gate.Call(
        SystemCallNumber.EventPollWait, set, AddressOf(EventOffset), EventLimit,
        timeoutMilliseconds);

    /// <summary>One of the events that the last wait told.</summary>
    public PolledEvent EventAt(int index)
    {
        Span<byte> bytes = stackalloc byte[PolledEvent.LengthBytes];
        memory.Read(page + EventOffset + (ulong)(index * PolledEvent.LengthBytes), bytes);
        return PolledEvent.Read(bytes);
    }

    private long AddressOf(int offset) => (long)page + offset;

    private SocketAddress AddressAt(int offset)
    {
        Span<byte> bytes = stackalloc byte[SocketAddress.LengthBytes];
        memory.Read(page + (ulong)offset, bytes);
        SocketAddress.TryRead(bytes, out var address);
        return address;
    }

    private void Write(int offset, SocketAddress address)
    {
        Span<byte> bytes = stackalloc byte[SocketAddress.LengthBytes];
        address.Write(bytes);
        memory.Write(page + (ulong)offset, bytes);
    }
}
