using Disguise.Actors.Time;

namespace Disguise.Kernels.Monolithic.QueueingDisciplines;

/// <summary>
/// A class of a hierarchical token bucket whose rate is its ceiling (tc-htb(8)): it may send as
/// long as it has a token, and a packet takes as many as it has bytes, so that it may go below
/// none. Tokens are kept as time.
/// </summary>
public sealed class TokenBucket
{
    private readonly long bitsPerSecond;
    private readonly long burstPs;
    private long tokensPs;
    private long countedPs;

    /// <summary>A full bucket.</summary>
    /// <param name="bitsPerSecond">Rate and ceiling.</param>
    /// <param name="burstBytes">Tokens that it holds.</param>
    public TokenBucket(long bitsPerSecond, int burstBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bitsPerSecond, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(burstBytes, 1);
        this.bitsPerSecond = bitsPerSecond;
        burstPs = Picoseconds.ToSerialise(8L * burstBytes, bitsPerSecond);
        tokensPs = burstPs;
    }

    /// <summary>When it may send next: now, or when it has a token again.</summary>
    public long ReadyPs(long nowPs)
    {
        Count(nowPs);
        return tokensPs >= 0 ? nowPs : countedPs - tokensPs;
    }

    /// <summary>Sends if it may. False when it has no token.</summary>
    public bool TrySend(int lengthBytes, long nowPs)
    {
        if (ReadyPs(nowPs) > nowPs)
            return false;
        tokensPs -= Picoseconds.ToSerialise(8L * lengthBytes, bitsPerSecond);
        return true;
    }

    private void Count(long nowPs)
    {
        if (nowPs <= countedPs)
            return;
        // Never more than the bucket holds, and no overflow however long nothing was sent.
        tokensPs = nowPs - countedPs >= burstPs - tokensPs
            ? burstPs : tokensPs + (nowPs - countedPs);
        countedPs = nowPs;
    }
}
