namespace Disguise.Host.Results;

/// <summary>One bucket of a latency histogram.</summary>
/// <param name="UpToPs">The largest latency that falls into it, in picoseconds.</param>
/// <param name="Count">How many latencies did; never 0.</param>
public readonly record struct LatencyBucket(long UpToPs, long Count);
