using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Exokernel.Environments;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// A queue pair of the physical function as the kernel drives it on one core, and the frame that
/// it works on there.
/// </summary>
internal sealed class CardQueue(int number, Core core, INetworkDriver driver)
{
    /// <summary>Its number, and that of its vector.</summary>
    public int Number { get; } = number;

    /// <summary>The core that takes its interrupts.</summary>
    public Core Core { get; } = core;

    /// <summary>Its driver.</summary>
    public INetworkDriver Driver { get; } = driver;

    /// <summary>Whether the kernel empties it, with its interrupt off.</summary>
    public bool IsWorkedOn { get; set; }

    /// <summary>When the kernel has begun to empty it, or gone on to.</summary>
    public long PassBeganPs { get; set; }

    /// <summary>Frames that it has taken since.</summary>
    public int PassFrames { get; set; }

    /// <summary>The frame that is copied.</summary>
    public Packet Frame { get; set; }

    /// <summary>The environments that it is for, and how each has bound it.</summary>
    public List<EnvironmentRecord> Receivers { get; } = [];
}
