namespace Disguise.LibOS.Waiting;

/// <summary>
/// How a library waits for packets: it spins for a time, then sleeps until its doorbell rings.
/// </summary>
/// <param name="SpinPs">Longest time that it spins, picoseconds.</param>
public readonly record struct WaitPolicy(long SpinPs)
{
    /// <summary>Spins for ever and holds its core.</summary>
    public static WaitPolicy Poll => new(long.MaxValue);

    /// <summary>Sleeps at once.</summary>
    public static WaitPolicy Doorbell => new(0);

    /// <summary>Whether it never sleeps.</summary>
    public bool IsPoll => SpinPs == long.MaxValue;

    /// <summary>Whether it never spins.</summary>
    public bool IsDoorbell => SpinPs == 0;

    /// <summary>Spins for a while, then sleeps.</summary>
    public static WaitPolicy Adaptive(long spinPs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(spinPs);
        return new WaitPolicy(spinPs);
    }
}
