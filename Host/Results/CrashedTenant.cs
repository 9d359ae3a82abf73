namespace Disguise.Host.Results;

/// <summary>A tenant whose program crashed.</summary>
public sealed record CrashedTenant
{
    /// <summary>The tenant's address.</summary>
    public required string Address { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// When, in microseconds from the start of the measured time; negative before it.
    /// </summary>
    public required double AtUs { get; init; }

    /// <summary>
    /// The injection that had hit the tenant before: <c>revoke memory</c>; null where none had, and
    /// then the crash is a referee's finding.
    /// </summary>
    public string? After { get; init; }
}
