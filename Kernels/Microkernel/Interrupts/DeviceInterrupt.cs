using Disguise.Kernels.Microkernel.Ipc;

namespace Disguise.Kernels.Microkernel.Interrupts;

/// <summary>An interrupt that a driver has a capability to, and whom it is for.</summary>
/// <param name="core">The core that takes it.</param>
/// <param name="vector">The vector on that core.</param>
/// <param name="bits">The bits that it sets of the driver's notification.</param>
internal sealed class DeviceInterrupt(int core, int vector, ulong bits)
{
    /// <summary>Whether one is under way.</summary>
    public InterruptLine Line { get; } = new();

    /// <summary>The core that takes it.</summary>
    public int Core { get; } = core;

    /// <summary>The vector on that core.</summary>
    public int Vector { get; } = vector;

    /// <summary>The bits that it sets of the driver's notification.</summary>
    public ulong Bits { get; } = bits;

    /// <summary>Where it goes; nowhere once its capability is gone.</summary>
    public Notification? Notification { get; set; }
}
