using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel.Network;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// An environment as its kernel knows it (Engler et al., SOSP 1995, section 5.1): who it is, its
/// addressing context, the slices it runs in. Where it is entered is its library's business.
/// </summary>
internal sealed class EnvironmentRecord
{
    public required int Number { get; init; }

    /// <summary>How many had this number before.</summary>
    public required uint Generation { get; init; }

    public required EnvironmentDescription Description { get; init; }

    public required IslandActorRef Actor { get; init; }

    public required CpuContext Context { get; init; }

    /// <summary>Its frames and page tables.</summary>
    public required EnvironmentMemory Memory { get; init; }

    /// <summary>The core in whose vector it has its slices.</summary>
    public required Core Core { get; init; }

    /// <summary>Those that it has made, or that has made it, with theirs.</summary>
    public required EnvironmentFamily Family { get; init; }

    /// <summary>Whether another environment has made it.</summary>
    public bool IsMade { get; init; }

    public NetworkBinding? Network { get; set; }

    /// <summary>A device bound to it has interrupted since it last slept.</summary>
    public bool HasRung { get; set; }

    /// <summary>Whether it waits for the core to come back after it gave it away by a call.
    /// </summary>
    public bool IsAsleep { get; set; }

    /// <summary>
    /// Protected transfers that it made in the instant in which its slice ended, and to whom: it
    /// makes them when it runs again. Null for none.
    /// </summary>
    public Queue<(object Transfer, int To)>? DeferredTransfers { get; set; }

    /// <summary>Whether an exception waits for the core.</summary>
    public bool HasException { get; set; }

    /// <summary>Whether its last exception was about a page.</summary>
    public bool IsPageFault { get; set; }

    /// <summary>Upcalls that wait until it runs.</summary>
    public List<object> Upcalls { get; } = [];

    /// <summary>A call that waits for the core.</summary>
    public KernelCall? Deferred { get; set; }

    /// <summary>When it trapped for the call that waits.</summary>
    public long CalledPs { get; set; }

    public bool OwnsItsCore => Description.Placement.Kind == CorePlacementKind.Own;
}
