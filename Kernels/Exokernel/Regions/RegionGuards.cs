using Disguise.Actors.Faults;

namespace Disguise.Kernels.Exokernel.Regions;

/// <summary>The guards of software regions and critical sections.</summary>
public static class RegionGuards
{
    /// <summary>
    /// Compares what an environment shows with what the region asks for. Off, whoever knows a
    /// region's number reads and writes it.
    /// </summary>
    public static readonly Guard Capability = new("region-capability");

    /// <summary>
    /// Lets nobody map a frame that has a region in it. Off, whoever may write the frame goes round
    /// the calls.
    /// </summary>
    public static readonly Guard Mapping = new("region-mapping");

    /// <summary>
    /// Ends a critical section that takes too long. Off, an environment that never leaves one is
    /// never interrupted.
    /// </summary>
    public static readonly Guard Bound = new("critical-section-bound");
}
