namespace Disguise.Kernels.Microkernel.Ipc;

/// <summary>How a call to the kernel ended.</summary>
public enum KernelResult : byte
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>The thread waits; it is told the end later. Never an answer.</summary>
    Blocked,

    /// <summary>Nobody waited at the endpoint, and the sender did not want to wait.</summary>
    NotWaiting,

    /// <summary>Nothing came in time.</summary>
    TimedOut,

    /// <summary>The handle was never given to anybody.</summary>
    NoSuchCapability,

    /// <summary>The capability was revoked, before or while the thread waited.</summary>
    Revoked,

    /// <summary>The handle is another domain's.</summary>
    HeldByAnother,

    /// <summary>The capability is to something else.</summary>
    WrongKind,

    /// <summary>The capability does not allow this.</summary>
    NoRight,

    /// <summary>The sender may not read what it wants to send.</summary>
    BadBuffer,

    /// <summary>The receiver may not write where it wants to receive.</summary>
    BadWindow,

    /// <summary>The message is longer than one may be.</summary>
    TooLong,

    /// <summary>The kernel has no room for another capability.</summary>
    CapabilitiesExhausted,

    /// <summary>The kernel has no frame for page tables, or something is mapped there.</summary>
    CannotMap,

    /// <summary>The other side has ended.</summary>
    PeerGone,

    /// <summary>An argument means nothing.</summary>
    BadArgument,
}
