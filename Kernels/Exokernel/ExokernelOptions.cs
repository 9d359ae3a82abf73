using Disguise.Actors.Time;
using Disguise.Hardware.Display;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Exokernel.Processor;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Exokernel;

/// <summary>How an Exokernel is set up.</summary>
public sealed record ExokernelOptions
{
    /// <summary>Virtual functions that it switches on at boot (NumVFs).</summary>
    public int VirtualFunctions { get; init; } = 64;

    /// <summary>
    /// Whether environments that come when the virtual functions are taken are served over the
    /// physical one, with the kernel demultiplexing; else they are refused.
    /// </summary>
    public bool DemultiplexesWhenFunctionsRunOut { get; init; }

    /// <summary>
    /// Has the driver that the kernel needs to share the physical function; without it,
    /// environments without a virtual function are refused.
    /// </summary>
    public INetworkLibrary? Network { get; init; }

    /// <summary>The machine's display; null where it has none.</summary>
    public Display? Display { get; init; }

    /// <summary>Most environments at a time (Xok: 1,024).</summary>
    public int EnvironmentLimit { get; init; } = 1_024;

    /// <summary>
    /// Most environments that one which the operator has started can have made at a time, itself
    /// or by those that it has made. No source prints it; assumed.
    /// </summary>
    public int EnvironmentsPerFamily { get; init; } = 256;

    /// <summary>
    /// Frames that the kernel keeps for itself, at most a quarter of the machine's.
    /// </summary>
    public long KernelFrames { get; init; } = 1 << 12;

    /// <summary>
    /// Frames that each environment is guaranteed: none of these is ever taken. The paper says
    /// «five to ten».
    /// </summary>
    public int GuaranteedFrames { get; init; } = 8;

    /// <summary>Entries of a repossession vector.</summary>
    public int RepossessionEntries { get; init; } = 64;

    /// <summary>
    /// Time in which something is to be returned where the order does not say (E95 section 3.5 has
    /// 50 us for an example).
    /// </summary>
    public long DeadlinePs { get; init; } = 50 * Picoseconds.PerMicrosecond;

    /// <summary>
    /// Time between the deadline of a request to return something and force: what is late but not
    /// too late.
    /// </summary>
    public long ImperativePs { get; init; } = 50 * Picoseconds.PerMicrosecond;

    /// <summary>How a core's time is cut into slices; null: as Xok cuts it.</summary>
    public TimeSlices? Slices { get; init; }

    internal ProcessorOptions Processor => ProcessorOptions.Of(Slices ?? TimeSlices.Xok);

    /// <summary>Most software regions of the machine.</summary>
    public int RegionLimit { get; init; } = 4_096;

    /// <summary>Most software regions of one environment.</summary>
    public int RegionsPerEnvironment { get; init; } = 256;

    /// <summary>
    /// How long a critical section may hold something back. No source prints it; assumed.
    /// </summary>
    public long SectionBoundPs { get; init; } = 100 * Picoseconds.PerMicrosecond;

    /// <summary>Told of control calls and revocations.</summary>
    public IMachineObserver? Observer { get; init; }
}
