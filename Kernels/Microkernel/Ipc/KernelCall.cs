namespace Disguise.Kernels.Microkernel.Ipc;

/// <summary>
/// What a thread can ask of the kernel: all of it. Sending and waiting for the next message is one
/// call, as with the IPC of L4 (Liedtke, SOSP 1995, section 2.3), so that a server enters the
/// kernel once for each message.
/// </summary>
public enum KernelCall : byte
{
    /// <summary>Sends to an endpoint and waits for the answer.</summary>
    Call,

    /// <summary>Sends to an endpoint; waits until somebody receives it.</summary>
    Send,

    /// <summary>
    /// Sends to an endpoint if somebody waits there, then waits at another one; where nobody
    /// waits the call returns at once.
    /// </summary>
    SendAndWait,

    /// <summary>Waits at an endpoint for a message, a notification or a time.</summary>
    Wait,

    /// <summary>Answers a call.</summary>
    Reply,

    /// <summary>Answers a call and waits at an endpoint.</summary>
    ReplyAndWait,

    /// <summary>Sets bits of a notification; never waits.</summary>
    Signal,

    /// <summary>An interrupt was handled: the next one may come.</summary>
    Acknowledge,

    /// <summary>Derives a capability of fewer rights, with a badge, for oneself.</summary>
    Mint,

    /// <summary>Takes back all that was derived from a capability.</summary>
    Revoke,

    /// <summary>Gives up a capability with all that was derived from it.</summary>
    Delete,

    /// <summary>Maps memory that one has a capability to.</summary>
    Map,

    /// <summary>Takes memory out of the own address space.</summary>
    Unmap,

    /// <summary>Lets the next thread of the same priority run.</summary>
    Yield,

    /// <summary>Ends the thread.</summary>
    Exit,
}
