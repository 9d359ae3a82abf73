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
}
