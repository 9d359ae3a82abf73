using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Microkernel.Ipc;

/// <summary>
/// A word of bits that others set for a thread without waiting. The thread gets them at its next
/// wait, whatever endpoint it waits at (the bound notifications of seL4).
/// </summary>
/// <param name="number">Its number among the kernel's notifications.</param>
internal sealed class Notification(int number)
{
    /// <summary>Its number among the kernel's notifications.</summary>
    public int Number { get; } = number;

    /// <summary>The slot of the capability that it falls with.</summary>
    public int OriginSlot { get; set; } = -1;

    /// <summary>The thread it is bound to; none before that has started.</summary>
    public ThreadControlBlock? Thread { get; set; }

    /// <summary>Bits set of which the thread does not know yet.</summary>
    public ulong Bits { get; set; }
}
