namespace Disguise.Host.Results;

/// <summary>One fault or revocation of the experiment and what came of it.</summary>
public sealed record InjectionResult
{
    /// <summary>When, in microseconds from the start of the measured time.</summary>
    public required double AtUs { get; init; }

    /// <summary>What: <c>revoke network</c>, <c>fault link-down</c>.</summary>
    public required string What { get; init; }

    /// <summary>The address of the thing hit.</summary>
    public required string Target { get; init; }

    /// <summary>
    /// <c>returned</c>, <c>returned-late</c>, <c>forced</c>, <c>refused</c> or
    /// <c>not-applicable</c>; null while it is still open.
    /// </summary>
    public string? Outcome { get; init; }

    /// <summary>
    /// Microseconds from a revocation's order that the tenant was given to return it; null where
    /// it was not asked.
    /// </summary>
    public double? DeadlineAfterUs { get; init; }

    /// <summary>
    /// Microseconds from a revocation's order until the tenant began to return it, or the kernel to
    /// take it; null where nothing was taken.
    /// </summary>
    public double? BegunAfterUs { get; init; }

    /// <summary>
    /// Microseconds from a revocation's order until nothing of what was to be taken was left; null
    /// where nothing was taken.
    /// </summary>
    public double? DoneAfterUs { get; init; }

    /// <summary>Frames of memory that came back or were taken; null for all else.</summary>
    public int? Amount { get; init; }

    /// <summary>
    /// Microseconds until every client or tenant that it hit had a reply to a request sent after
    /// it; null if one never had.
    /// </summary>
    public double? RecoveredAfterUs { get; init; }
}
