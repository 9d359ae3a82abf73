using Disguise.Actors.Ledgers;

namespace Disguise.Kernels.Profiles;

/// <summary>
/// What a network stack must do that several tenants share, and a private one need not: whoever
/// has linked it charges these beside the stack's own work. Table I of the Arrakis paper (TOCS
/// 33(4):11, 2015) has them within its rows; no paper prints the split.
/// </summary>
public static class SharedStackCosts
{
    /// <summary>Row "network stack, in".</summary>
    public static CostKey Demultiplexing { get; } = Event(
        "demultiplexing", "finding the tenant and the socket of a packet");

    /// <summary>Row "network stack, in".</summary>
    public static CostKey ReceiveBufferAccounting { get; } = Event(
        "receive-buffer-accounting", "charging a packet to the receive buffer of its socket");

    /// <summary>Row "network stack, in".</summary>
    public static CostKey SocketLockReceive { get; } = Event(
        "socket-lock-receive", "taking the lock of a socket to receive");

    /// <summary>Row "network stack, in".</summary>
    public static CostKey ArgumentCheckReceive { get; } = Event(
        "argument-check-receive", "checking the arguments of a call that receives");

    /// <summary>Row "network stack, out".</summary>
    public static CostKey SendBufferAccounting { get; } = Event(
        "send-buffer-accounting", "charging a packet to the send buffer of its socket");

    /// <summary>Row "network stack, out".</summary>
    public static CostKey SocketLockSend { get; } = Event(
        "socket-lock-send", "taking the lock of a socket to send");

    /// <summary>Row "network stack, out".</summary>
    public static CostKey ArgumentCheckSend { get; } = Event(
        "argument-check-send", "checking the arguments of a call that sends");

    /// <summary>Row "scheduler".</summary>
    public static CostKey ReceiverNotification { get; } = Event(
        "receiver-notification", "telling those who wait for a socket that a datagram is there");

    /// <summary>Row "copy, in".</summary>
    public static CostKey UserCopyReceive { get; } = Event(
        "user-copy-receive", "start of a copy to a process, beside its bytes");

    /// <summary>Row "copy, out".</summary>
    public static CostKey UserCopySend { get; } = Event(
        "user-copy-send", "start of a copy from a process, beside its bytes");

    /// <summary>Waiting for several sockets at once; in no table.</summary>
    public static CostKey EventWait { get; } = Event(
        "event-wait", "looking through the sockets that are ready among many");

    /// <summary>Changing or telling the set of sockets that are waited for; in no table.
    /// </summary>
    public static CostKey EventNotification { get; } = Event(
        "event-notification", "entering a socket into a set of those waited for, or of the ready");

    /// <summary>A packet through a queueing discipline that shapes; in no table.</summary>
    public static CostKey QueueingDiscipline { get; } = Event(
        "queueing-discipline", "a packet into and out of a queueing discipline that shapes");

    private static CostKey Event(string name, string meaning) =>
        CostKey.Define(name, CostSource.Profile, CostUnit.Event, meaning);
}
