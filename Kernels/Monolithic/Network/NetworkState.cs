using Disguise.Hardware.Network;
using Disguise.Hardware.Observation;
using Disguise.Kernels.Monolithic.Execution;

namespace Disguise.Kernels.Monolithic.Network;

/// <summary>What the receive and the transmit path of the kernel share.</summary>
internal sealed class NetworkState
{
    /// <summary>The queue pairs, one a core.</summary>
    public QueuePair[] Queues { get; set; } = [];

    /// <summary>The namespaces that are up.</summary>
    public NamespaceTable Namespaces { get; } = new();

    /// <summary>
    /// Frames taken from the rings = handed to processes or consumed by a stack + dropped.
    /// </summary>
    public PacketCounters Received { get; } = new();

    /// <summary>Packets made in the kernel = posted to a ring + dropped.</summary>
    public PacketCounters Transmitted { get; } = new();

    /// <summary>The line of the memory that all UDP sockets take together (udp_mem).</summary>
    public SharedLine MemoryAccount { get; } = new();

    /// <summary>Follows requests when set.</summary>
    public IRequestObserver? Requests { get; init; }

    /// <summary>Numbers packets that wait in the kernel.</summary>
    public long NextToken { get; private set; }

    /// <summary>A new number.</summary>
    public long TakeToken() => ++NextToken;
}
