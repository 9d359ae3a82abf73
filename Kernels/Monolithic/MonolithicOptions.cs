using Disguise.Actors.Time;
using Disguise.Hardware.Display;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Monolithic.Softirq;

namespace Disguise.Kernels.Monolithic;

/// <summary>How a monolithic kernel is set up. The defaults are those of Linux 3.8.</summary>
public sealed record MonolithicOptions
{
    /// <summary>The network that is linked into the kernel.</summary>
    public required INetworkLibrary Network { get; init; }

    /// <summary>
    /// The virtual memory that is linked into the kernel; without it processes have their images
    /// and nothing else.
    /// </summary>
    public IVirtualMemoryLibrary? Memory { get; init; }

    /// <summary>The machine's display; null where it has none.</summary>
    public Display? Display { get; init; }

    /// <summary>Pages of the swap area.</summary>
    public int SwapPages { get; init; } = 1 << 16;

    /// <summary>How long a page is under way to the swap area or from it: a solid-state disk.
    /// </summary>
    public long SwapLatencyPs { get; init; } = 100 * Picoseconds.PerMicrosecond;

    /// <summary>Which page gives its frame up; the same for all processes.</summary>
    public string ReplacementPolicy { get; init; } = "clock";

    /// <summary>Told of control calls and revocations.</summary>
    public IMachineObserver? Observer { get; init; }

    /// <summary>Processes that the operator will start; buffers are sized by it.</summary>
    public int ExpectedProcesses { get; init; } = 1;

    /// <summary>Descriptors of each receive ring (ixgbe: 512).</summary>
    public int ReceiveRingSize { get; init; } = 512;

    /// <summary>Descriptors of each transmit ring (ixgbe: 512).</summary>
    public int TransmitRingSize { get; init; } = 512;

    /// <summary>
    /// Least time between two interrupts of a queue, in units of 2 us. The least that the register
    /// can hold: ixgbe adapts it to the load, down to where it delays nobody, and under load the
    /// interrupt is off anyway.
    /// </summary>
    public int InterruptIntervalTwoMicroseconds { get; init; } = 1;

    /// <summary>Packets that a device is polled for in turn (NAPI weight).</summary>
    public int PollWeight { get; init; } = 64;

    /// <summary>
    /// Packets after which one pass of the soft interrupt ends (net.core.netdev_budget). It is
    /// looked at between turns of a device, so a pass is a whole number of weights.
    /// </summary>
    public int PollBudget { get; init; } = 300;

    /// <summary>Passes before a thread takes over (MAX_SOFTIRQ_RESTART).</summary>
    public int RestartLimit { get; init; } = 10;

    /// <summary>Who polls beside the thread once it has taken over.</summary>
    public SoftirqSharing SoftirqSharing { get; init; } = SoftirqSharing.ThreadOnly;

    /// <summary>Limit of a socket's receive buffer (net.core.rmem_default), bytes.</summary>
    public int ReceiveBufferBytes { get; init; } = 212_992;

    /// <summary>Limit of a socket's packets that wait to be sent (net.core.wmem_default).
    /// </summary>
    public int SendBufferBytes { get; init; } = 212_992;

    /// <summary>Packets that a queueing discipline holds (txqueuelen).</summary>
    public int TransmitQueueLength { get; init; } = 1_000;

    /// <summary>Time in which each task runs once (sched_latency_ns), for one core.</summary>
    public long SchedulingLatencyPs { get; init; } = 6 * Picoseconds.PerMillisecond;

    /// <summary>Shortest slice (sched_min_granularity_ns), for one core.</summary>
    public long MinimumGranularityPs { get; init; } = 750 * Picoseconds.PerMicrosecond;

    /// <summary>Length of every slice in place of what those two give; null: as they give.
    /// </summary>
    public long? SlicePs { get; init; }

    /// <summary>
    /// How far behind a task must be to take the core when it wakes
    /// (sched_wakeup_granularity_ns), for one core.
    /// </summary>
    public long WakeUpGranularityPs { get; init; } = Picoseconds.PerMillisecond;
}
