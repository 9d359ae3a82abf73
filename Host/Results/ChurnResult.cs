namespace Disguise.Host.Results;

/// <summary>
/// The coming and going of tenants over the measured time; all tenants of a run, or of a group.
/// Arrivals are those that got a place, and are there, or have departed, or ended early.
/// </summary>
public sealed record ChurnResult
{
    /// <summary>Tenants that arrived and got a place.</summary>
    public required long Arrivals { get; init; }

    /// <summary>Tenants that arrived when every place was taken: turned away.</summary>
    public required long RefusedArrivals { get; init; }

    /// <summary>
    /// Tenants whose lifetime was over, and from whom everything was taken back.
    /// </summary>
    public required long Departures { get; init; }

    /// <summary>
    /// Tenants that ended before their time was over: refused by the kernel, or crashed.
    /// </summary>
    public required long EarlyEnds { get; init; }

    /// <summary>Tenants that have a place at the end.</summary>
    public required long Present { get; init; }

    /// <summary>Tenants whose set-up ended and who served.</summary>
    public required long Served { get; init; }

    /// <summary>
    /// Tenants whose set-up the kernel refused: a key for each thing refused, with the reason.
    /// </summary>
    public required IReadOnlyDictionary<string, long> Failed { get; init; }

    /// <summary>From a tenant's arrival until it serves, in microseconds.</summary>
    public LatencySummary SetUpUs { get; init; } = LatencySummary.NotMeasured;
}
