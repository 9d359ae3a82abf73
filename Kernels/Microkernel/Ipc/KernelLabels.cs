namespace Disguise.Kernels.Microkernel.Ipc;

/// <summary>
/// Labels of messages that come from the kernel itself. Those of servers and processes are lower.
/// </summary>
public static class KernelLabels
{
    /// <summary>Bits of the thread's notification are set: the first word.</summary>
    public const ulong Notification = ulong.MaxValue;

    /// <summary>
    /// Nobody holds the capability with a badge any more, the first word: it was revoked or its
    /// holder has ended (the no-senders notification of Mach).
    /// </summary>
    public const ulong BadgeGone = ulong.MaxValue - 1;
}
