namespace Disguise.Host.Experiments;

/// <summary>
/// How a library OS waits for work: it spins for <paramref name="SpinPs"/>, then sleeps until its
/// doorbell rings. Zero is <c>doorbell</c>, <see cref="long.MaxValue"/> is <c>poll</c>.
/// </summary>
/// <param name="SpinPs">Longest time it spins before it sleeps.</param>
public readonly record struct WaitPolicy(long SpinPs)
{
    /// <summary>Spins for ever and holds its core.</summary>
    public static WaitPolicy Poll => new(long.MaxValue);

    /// <summary>Sleeps at once.</summary>
    public static WaitPolicy Doorbell => new(0);

    /// <summary>Spins for a while, then sleeps.</summary>
    public static WaitPolicy Adaptive(long spinPs) => new(spinPs);

    /// <summary>Whether it never sleeps.</summary>
    public bool IsPoll => SpinPs == long.MaxValue;

    /// <summary>Whether it never spins.</summary>
    public bool IsDoorbell => SpinPs == 0;

    /// <summary>As in the file.</summary>
    public override string ToString() =>
        IsPoll ? "poll"
        : IsDoorbell ? "doorbell"
        : $"adaptive({Units.PrintTime(SpinPs)})";
}
