namespace Disguise.Kernels.Monolithic.QueueingDisciplines;

/// <summary>
/// The class of one tenant in the hierarchical token bucket: what it may send, and what waits for
/// its turn. Its timer runs on one core.
/// </summary>
/// <param name="bucket">Its tokens.</param>
/// <param name="limit">Packets that may wait.</param>
/// <param name="core">The core of its timer.</param>
internal sealed class TrafficClass(TokenBucket bucket, int limit, int core)
{
    /// <summary>Its tokens.</summary>
    public TokenBucket Bucket { get; } = bucket;

    /// <summary>What waits.</summary>
    public PacketFifo Waiting { get; } = new(limit);

    /// <summary>The core of its timer.</summary>
    public int Core { get; } = core;
}
