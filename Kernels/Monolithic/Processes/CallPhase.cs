namespace Disguise.Kernels.Monolithic.Processes;

/// <summary>
/// Where a task is in its system call or exception. Each phase begins at the context's own clock;
/// a call goes through those that it needs, and <see cref="None"/> is user mode.
/// </summary>
internal enum CallPhase : byte
{
    /// <summary>In user mode.</summary>
    None,

    /// <summary>Has trapped.</summary>
    Enter,

    /// <summary>Looks for a datagram, and sleeps until there is one.</summary>
    Receive,

    /// <summary>Looks for room to send, and sleeps until there is some.</summary>
    Room,

    /// <summary>Hands a packet that is made to its queue.</summary>
    Transmit,

    /// <summary>Looks for sockets that are ready, and sleeps until one is.</summary>
    Events,

    /// <summary>Looks for what its pipe has, or has room for, and sleeps until then.</summary>
    Pipe,

    /// <summary>Sleeps until a signal is delivered.</summary>
    Pause,

    /// <summary>Sleeps until a child has ended.</summary>
    Child,

    /// <summary>Runs the soft interrupts that are pending, then returns.</summary>
    SoftInterrupts,

    /// <summary>Has faulted.</summary>
    Fault,

    /// <summary>Sleeps until the pages that its fault needs have come.</summary>
    Paging,
}
