using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Observation;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Microkernel.Domains;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>What a pager is made with.</summary>
public sealed record PagerOptions
{
    /// <summary>The kernel.</summary>
    public required IslandActorRef Kernel { get; init; }

    /// <summary>The capabilities that the kernel gave it: an extent of one page for each frame.
    /// </summary>
    public required BootInformation Boot { get; init; }

    /// <summary>Its threads, one for each core on which it has clients.</summary>
    public required int ThreadCount { get; init; }

    /// <summary>The virtual memory that is linked into it.</summary>
    public required IVirtualMemoryLibrary Library { get; init; }

    /// <summary>The frames that it was given, by their numbers among its extents.</summary>
    public required IPageFrames Frames { get; init; }

    /// <summary>How code of a library runs on one of its contexts.</summary>
    public required Func<CpuContext, IExecution> Execution { get; init; }

    /// <summary>Values of all costs.</summary>
    public required CostTable Costs { get; init; }

    /// <summary>Account that its threads book to.</summary>
    public required LedgerAccount Account { get; init; }

    /// <summary>Follows requests when set.</summary>
    public IRequestObserver? Requests { get; init; }

    /// <summary>Pages of its backing store.</summary>
    public int StorePages { get; init; } = 1 << 16;

    /// <summary>Most pages there of one client.</summary>
    public int StorePagesPerClient { get; init; } = 1 << 14;

    /// <summary>How long a page is under way to the store or from it: a solid-state disk.
    /// </summary>
    public long StoreLatencyPs { get; init; } = 100 * Picoseconds.PerMicrosecond;

    /// <summary>Which page gives its frame up; the same for all clients.</summary>
    public string ReplacementPolicy { get; init; } = "lru";
}
