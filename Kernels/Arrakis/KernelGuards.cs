using Disguise.Actors.Faults;

namespace Disguise.Kernels.Arrakis;

/// <summary>The guards of an Arrakis kernel's door.</summary>
public static class KernelGuards
{
    /// <summary>
    /// From a protection domain the kernel takes system calls and nothing else. Off, whoever says
    /// what the operator, a core or a device says is believed.
    /// </summary>
    public static readonly Guard Orders = new("kernel-orders");
}
