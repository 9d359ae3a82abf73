using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>The latency of all clients or of one group's.</summary>
/// <param name="Name">The group, or <c>all</c>; runs are compared by equal names.</param>
/// <param name="Buckets">The histogram, as <see cref="LatencyRecorder.Buckets"/> has it.</param>
public sealed record LatencyDistribution(string Name, IReadOnlyList<LatencyBucket> Buckets);
