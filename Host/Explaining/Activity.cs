using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;

namespace Disguise.Host.Explaining;

/// <summary>A stretch of time in which a core was at work.</summary>
/// <param name="Core">The core; null where a context was charged without one.</param>
/// <param name="Context">The context charged; null for work of the core's kernel.</param>
/// <param name="StartPs">When it began, in picoseconds of virtual time.</param>
/// <param name="DurationPs">How long it took.</param>
/// <param name="Who">The party charged.</param>
/// <param name="What">The cost key.</param>
/// <param name="Count">How many events or bytes.</param>
internal readonly record struct Activity(
    Core? Core, CpuContext? Context, long StartPs, long DurationPs, string Who, string What,
    long Count)
{
    public long EndPs => StartPs + DurationPs;

    /// <summary>Whether it is an interrupt's way to the core, which is free meanwhile.</summary>
    public bool IsOnItsWay => Context is null && What == DeviceCosts.MsiXDelivery.Name;

    /// <summary>Whether some of it lies between two times.</summary>
    public bool IsWithin(long fromPs, long untilPs) => DurationPs == 0
        ? StartPs >= fromPs && StartPs < untilPs
        : EndPs > fromPs && StartPs < untilPs;
}
