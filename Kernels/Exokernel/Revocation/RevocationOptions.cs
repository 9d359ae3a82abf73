using Disguise.Actors.Time;

namespace Disguise.Kernels.Exokernel.Revocation;

/// <summary>Limits of revocations.</summary>
internal sealed record RevocationOptions
{
    /// <summary>
    /// Time between the deadline, when the request becomes imperative, and force. The paper's
    /// example: «return a page within 50 microseconds».
    /// </summary>
    public long ImperativePs { get; init; } = 50 * Picoseconds.PerMicrosecond;

    /// <summary>The latest deadline, from the request on.</summary>
    public long LongestPs { get; init; } = 10 * Picoseconds.PerSecond;

    /// <summary>Most revocations under way.</summary>
    public int Limit { get; init; } = 1024;

    /// <summary>Most that is asked for, or returned, at once (Xok: 16 pages).</summary>
    public int AmountLimit { get; init; } = 64;
}
