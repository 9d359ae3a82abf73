namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// What messages to and from the servers are about. Words are listed with each; an answer's first
/// word is a <see cref="ServerStatus"/> where nothing else is said.
/// </summary>
public static class ServerLabels
{
    /// <summary>
    /// To the driver: gives the capability to send packets to; the answer gives the memory of the
    /// packet buffers.
    /// </summary>
    public const ulong AttachEndpoint = 1;

    /// <summary>To the driver: gives the notification that says that packets wait.</summary>
    public const ulong AttachNotification = 2;

    /// <summary>To the driver: an Ethernet address whose frames this queue is to have.</summary>
    public const ulong AddStation = 3;

    /// <summary>To the driver: such an address is no longer wanted.</summary>
    public const ulong RemoveStation = 4;

    /// <summary>
    /// To the driver and back: <see cref="BufferWord"/>s. There: packets to be sent, buffers done
    /// with, how many are wanted. Back: packets received, free buffers, whether more wait.
    /// </summary>
    public const ulong Exchange = 5;

    /// <summary>From the driver: <see cref="BufferWord"/>s of packets received.</summary>
    public const ulong Packets = 6;

    /// <summary>To the network server: a tenant begins; its badge says which.</summary>
    public const ulong Open = 32;

    /// <summary>
    /// To the network server: binds a port, the first word, to a socket, the second, which has a
    /// port already or is <see cref="NoSocket"/>; the answer's second word is a
    /// <see cref="Abstractions.Network.BindResult"/>, its third the socket that was made.
    /// </summary>
    public const ulong Bind = 33;

    /// <summary>
    /// To the network server: waits for a datagram of a socket, the word. The answer has the
    /// payload, and as words status, source address, source port, own port, payload bytes.
    /// </summary>
    public const ulong Receive = 34;

    /// <summary>
    /// To the network server: sends the bytes of the message from a socket; words are socket,
    /// destination address, destination port.
    /// </summary>
    public const ulong Send = 35;

    /// <summary>In place of a socket: none yet.</summary>
    public const ulong NoSocket = ulong.MaxValue;
}
