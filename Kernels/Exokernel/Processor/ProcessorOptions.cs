using Disguise.Actors.Time;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Exokernel.Processor;

/// <summary>
/// How a core's time is cut. Aegis has slices of one clock tick of 15.625 ms (E95 section 5.1);
/// Xok counts ticks of 10 ms, adds eight to a quantum in each round and lets it save up to fifteen
/// (Xok, sys/xok/scheduler.h and sys/kern/sched.c).
/// </summary>
internal sealed record ProcessorOptions
{
    /// <summary>Aegis. The papers print no threshold; eight slices are assumed.</summary>
    public static ProcessorOptions Aegis { get; } = new();

    /// <summary>Xok.</summary>
    public static ProcessorOptions Xok { get; } = Of(TimeSlices.Xok);

    /// <summary>As a profile cuts it.</summary>
    public static ProcessorOptions Of(TimeSlices slices) => new()
    {
        TickPs = slices.TickPs,
        TicksPerSlice = slices.TicksPerSlice,
        MaximumTicks = slices.MaximumTicks,
        ExcessThresholdTicks = slices.ExcessTicks,
    };

    /// <summary>Positions in the vector of one core.</summary>
    public int Positions { get; init; } = 128;

    /// <summary>Time between two ticks of the clock.</summary>
    public long TickPs { get; init; } = 15_625 * Picoseconds.PerMicrosecond;

    /// <summary>Ticks that a position gets in each round.</summary>
    public int TicksPerSlice { get; init; } = 1;

    /// <summary>Ticks that a position can have saved up, those of this round included.</summary>
    public int MaximumTicks { get; init; } = 1;

    /// <summary>
    /// Ticks beyond the ends of its slices that an environment may owe; with one more it is
    /// destroyed.
    /// </summary>
    public int ExcessThresholdTicks { get; init; } = 8;

    /// <summary>How many environments may wait for one another in a row.</summary>
    public int MaximumDonationDepth { get; init; } = 16;

    /// <summary>Throws unless the numbers fit together.</summary>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Positions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TickPs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TicksPerSlice, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumTicks, TicksPerSlice);
        ArgumentOutOfRangeException.ThrowIfNegative(ExcessThresholdTicks);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumDonationDepth, 1);
    }
}
