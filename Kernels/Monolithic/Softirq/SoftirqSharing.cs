namespace Disguise.Kernels.Monolithic.Softirq;

/// <summary>
/// Who does the soft interrupt's work beside <c>ksoftirqd</c> while that has work to do, and how
/// long it keeps the core from a task that is due. Decides what a receiver gets under overload.
/// </summary>
public enum SoftirqSharing : byte
{
    /// <summary>
    /// As in Linux 3.8 (<c>kernel/softirq.c</c>): whoever leaves a section in which soft interrupts
    /// wait runs what is pending, up to ten passes, in its own time (<c>local_bh_enable</c>), and
    /// the thread looks whether somebody is due after ten passes.
    /// </summary>
    Anybody,

    /// <summary>
    /// As in Linux 4.9 and later ("softirq: Let ksoftirqd do its job"): while the thread has work
    /// nobody else polls, and it looks after each pass.
    /// </summary>
    ThreadOnly,
}
