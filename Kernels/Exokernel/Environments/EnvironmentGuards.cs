using Disguise.Actors.Faults;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>The guards of environments.</summary>
public static class EnvironmentGuards
{
    /// <summary>
    /// Takes nothing from an environment but system calls. Off, an environment can order what the
    /// machine's operator can.
    /// </summary>
    public static readonly Guard Orders = new("exokernel-orders");
}
