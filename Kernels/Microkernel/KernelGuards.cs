using Disguise.Actors.Faults;

namespace Disguise.Kernels.Microkernel;

/// <summary>The guards of the microkernel.</summary>
public static class KernelGuards
{
    /// <summary>
    /// Takes nothing from a protection domain but system calls. Off, a domain can order what the
    /// machine's operator can.
    /// </summary>
    public static readonly Guard Orders = new("microkernel-orders");

    /// <summary>
    /// Lets a capability be used for what its rights allow. Off, whoever may send to an endpoint
    /// may receive there too.
    /// </summary>
    public static readonly Guard Rights = new("microkernel-rights");

    /// <summary>
    /// Moves the bytes of a message only between pages that sender and receiver have mapped with
    /// the rights for it. Off, an address that is not mapped is a physical one.
    /// </summary>
    public static readonly Guard MessageMemory = new("microkernel-message-memory");
}
