namespace Disguise.Host.Calibration;

/// <summary>A real echo beside the emulated one.</summary>
/// <param name="Real">The real one.</param>
/// <param name="PredictedNs">
/// The emulated server's latency, nanoseconds; null where its architecture is not there.
/// </param>
internal sealed record EchoComparison(LoopbackEcho Real, double? PredictedNs)
{
    /// <summary>
    /// One traversal of the kernel: client and server do the same work in a round trip.
    /// </summary>
    public double HalfNs => Real.MedianNs / 2;

    /// <summary>Real to emulated; null without a prediction.</summary>
    public double? Ratio => PredictedNs is > 0 ? HalfNs / PredictedNs : null;
}
