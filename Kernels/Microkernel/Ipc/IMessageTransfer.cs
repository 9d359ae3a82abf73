using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Microkernel.Ipc;

/// <summary>Moves a message from one thread to another that waits for it.</summary>
internal interface IMessageTransfer
{
    /// <summary>
    /// Moves registers, bytes and a capability. Nothing has moved unless the result is
    /// <see cref="KernelResult.Done"/>; <see cref="KernelResult.BadWindow"/> is the receiver's
    /// fault, anything else the sender's.
    /// </summary>
    KernelResult Move(ThreadControlBlock sender, ThreadControlBlock receiver, bool isAnswer);
}
