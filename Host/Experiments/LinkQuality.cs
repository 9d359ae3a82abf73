namespace Disguise.Host.Experiments;

/// <summary>What a link does to a frame.</summary>
/// <param name="BitsPerSecond">Bandwidth of each direction.</param>
/// <param name="LatencyPs">Propagation, one way.</param>
/// <param name="Loss">Share of frames lost, exact, from 0 to 1.</param>
public sealed record LinkQuality(long BitsPerSecond, long LatencyPs, decimal Loss);
