using Disguise.Actors.Ledgers;

namespace Disguise.Kernels.Profiles;

/// <summary>
/// What a kernel's path costs on top by the state in which a packet finds its core: the receiver
/// was running, or the core had been idle, with cold caches and a clock to be started. These are
/// the two columns that Table I of the Arrakis paper (TOCS 33(4):11, 2015) has for Linux.
/// </summary>
public static class CoreStateCosts
{
    /// <summary>Row "network stack, in".</summary>
    public static CostKey StackReceiveWhileRunning { get; } = Event(
        "stack-receive-while-running", "a packet in that interrupts a process at work");

    /// <summary>Row "network stack, out".</summary>
    public static CostKey StackSendAfterIdle { get; } = Event(
        "stack-send-after-idle", "a packet out on a core that was idle before it came");

    /// <summary>Row "copy, in".</summary>
    public static CostKey CopyReceiveAfterIdle { get; } = Event(
        "copy-receive-after-idle", "a copy to a process on a core that was idle before");

    /// <summary>Row "copy, out".</summary>
    public static CostKey CopySendAfterIdle { get; } = Event(
        "copy-send-after-idle", "a copy from a process on a core that was idle before");

    /// <summary>Row "system call".</summary>
    public static CostKey TrapAfterIdle { get; } = Event(
        "trap-after-idle", "an entry into the kernel on a core that was idle before");

    /// <summary>Row "return".</summary>
    public static CostKey TrapReturnAfterIdle { get; } = Event(
        "trap-return-after-idle", "a return from the kernel on a core that was idle before");

    /// <summary>Row "scheduler".</summary>
    public static CostKey IdleLeave { get; } = Event(
        "idle-leave", "a core that was idle takes up work");

    private static CostKey Event(string name, string meaning) =>
        CostKey.Define(name, CostSource.Profile, CostUnit.Event, meaning);
}
