namespace Disguise.LibOS.Composition.Churn;

/// <summary>The coming and going of a group's tenants on one machine.</summary>
public sealed record TenantChurn
{
    /// <summary>Name of the source's actor under the machine's: <c>echo.arrivals</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Address of the source, which names its stream of random numbers.</summary>
    public required string Address { get; init; }

    /// <summary>
    /// Its places: who a tenant is that has one. No more tenants than these are there at a time.
    /// </summary>
    public required IReadOnlyList<TenantPlan> Places { get; init; }

    /// <summary>
    /// Mean time between two arrivals of a Poisson process, picoseconds; 0 where all places are
    /// taken at the start and nobody arrives later.
    /// </summary>
    public required long MeanIntervalPs { get; init; }

    /// <summary>From a tenant's arrival to the order of its end, picoseconds; 0 for ever.
    /// </summary>
    public required long LifetimePs { get; init; }

    /// <summary>Told of arrivals and ends.</summary>
    public required ITenantChurnObserver Observer { get; init; }
}
