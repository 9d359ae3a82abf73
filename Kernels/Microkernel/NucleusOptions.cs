using Disguise.Actors.Time;
using Disguise.Kernels.Abstractions;

namespace Disguise.Kernels.Microkernel;

/// <summary>How a microkernel is set up.</summary>
public sealed record NucleusOptions
{
    /// <summary>Time slice of threads of equal priority; L4's default was 10 ms.</summary>
    public long SlicePs { get; init; } = 10 * Picoseconds.PerMillisecond;

    /// <summary>Most capabilities of all domains together.</summary>
    public int CapabilityLimit { get; init; } = 1 << 20;

    /// <summary>Most threads, endpoints, notifications, extents and interrupts, each.</summary>
    public int ObjectLimit { get; init; } = 1 << 16;

    /// <summary>Told of control calls and revocations.</summary>
    public IMachineObserver? Observer { get; init; }
}
