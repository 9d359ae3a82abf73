namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary>Why a system call failed: Linux' numbers; a call returns them negated.</summary>
public enum ErrorNumber
{
    /// <summary>It did not.</summary>
    None = 0,

    /// <summary>ENOENT: the socket is not in the set.</summary>
    NoEntry = 2,

    /// <summary>ESRCH: no such process.</summary>
    NoProcess = 3,

    /// <summary>EBADF: no such descriptor, or of another kind.</summary>
    BadDescriptor = 9,

    /// <summary>ECHILD: the caller has no such child.</summary>
    NoChild = 10,

    /// <summary>EAGAIN: it would have to wait, or there are too many processes.</summary>
    TryAgain = 11,

    /// <summary>ENOMEM: no memory, or no such pages.</summary>
    OutOfMemory = 12,

    /// <summary>EFAULT: an address of the caller's that is not its own.</summary>
    BadAddress = 14,

    /// <summary>EBUSY: the socket is in another set, or the end of the pipe another's.</summary>
    Busy = 16,

    /// <summary>EEXIST: the socket is in the set already.</summary>
    Exists = 17,

    /// <summary>ENODEV: the machine has no display.</summary>
    NoDevice = 19,

    /// <summary>EINVAL: an argument that means nothing.</summary>
    InvalidArgument = 22,

    /// <summary>EMFILE: as many descriptors are open as may be.</summary>
    TooManyOpen = 24,

    /// <summary>EPIPE: nobody will read what is written.</summary>
    BrokenPipe = 32,

    /// <summary>ENOSYS: no such system call.</summary>
    NoSystemCall = 38,

    /// <summary>EMSGSIZE: the datagram is longer than a frame takes.</summary>
    MessageSize = 90,

    /// <summary>EADDRINUSE: the port is bound already.</summary>
    AddressInUse = 98,

    /// <summary>ENETDOWN: the network has been taken away.</summary>
    NetworkDown = 100,

    /// <summary>ENOBUFS: the kernel has no buffer, or its queue is full.</summary>
    NoBuffers = 105,

    /// <summary>EHOSTUNREACH: the neighbour's Ethernet address is not known yet.</summary>
    HostUnreachable = 113,
}
