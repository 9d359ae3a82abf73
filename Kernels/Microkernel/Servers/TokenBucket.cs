using Disguise.Actors.Time;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// Holds a tenant's packets to a rate by the generic cell rate algorithm, frames with framing as
/// the card's own limiter counts them (82599 datasheet section 7.7.2.2).
/// </summary>
/// <param name="bitsPerSecond">The rate; 0 for none.</param>
internal sealed class TokenBucket(long bitsPerSecond)
{
    /// <summary>Preamble, frame check sequence and gap of a frame, bytes.</summary>
    private const int FramingBytes = 24;

    private const int LeastFrameBytes = 60;

    /// <summary>Time's worth of packets that may go at once.</summary>
    private const long BurstPs = 20 * Picoseconds.PerMicrosecond;

    private long theoreticalPs;

    /// <summary>
    /// Takes a packet of a length at a time, and says when it may go: at that time or later.
    /// </summary>
    public long Take(int lengthBytes, long nowPs)
    {
        if (bitsPerSecond == 0)
            return nowPs;
        var startPs = Math.Max(theoreticalPs, nowPs);
        var bits = (Math.Max(lengthBytes, LeastFrameBytes) + FramingBytes) * 8L;
        theoreticalPs = startPs + (bits * Picoseconds.PerSecond / bitsPerSecond);
        return Math.Max(nowPs, startPs - BurstPs);
    }
}
