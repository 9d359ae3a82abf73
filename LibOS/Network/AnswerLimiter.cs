using Disguise.Actors.Time;

namespace Disguise.LibOS.Network;

/// <summary>
/// Limits the rate of ICMP errors (RFC 1812 section 4.3.2.8) by the generic cell rate algorithm:
/// 1,000 a second and bursts of 50, as Linux' <c>icmp_msgs_per_sec</c> and
/// <c>icmp_msgs_burst</c>.
/// </summary>
public struct AnswerLimiter
{
    /// <summary>Answers that may come at once.</summary>
    public const int Burst = 50;

    /// <summary>Time in which one more answer is allowed.</summary>
    public const long IntervalPs = Picoseconds.PerMillisecond;

    private long theoreticalPs;

    /// <summary>Whether an answer may be sent now; if so it counts.</summary>
    public bool TryTake(long nowPs)
    {
        var next = Math.Max(theoreticalPs, nowPs);
        if (next - nowPs > (Burst - 1) * IntervalPs)
            return false;
        theoreticalPs = next + IntervalPs;
        return true;
    }
}
