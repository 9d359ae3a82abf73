using Disguise.LibOS.Domains;

namespace Disguise.Host.Experiments;

/// <summary>Equal tenants on a group of machines.</summary>
public sealed record TenantGroup
{
    /// <summary>The group's name.</summary>
    public required string Name { get; init; }

    /// <summary>Machines in the group that they run on.</summary>
    public required int Machines { get; init; }

    /// <summary>Tenants on all machines of the group.</summary>
    public required long TotalCount { get; init; }

    /// <summary>What each runs.</summary>
    public required ApplicationSettings Application { get; init; }

    /// <summary>Which interface of the library OS the application uses.</summary>
    public required TenantInterface Interface { get; init; }

    /// <summary>Where it runs.</summary>
    public required CoreChoice Core { get; init; }

    /// <summary>How it waits.</summary>
    public required WaitPolicy Wait { get; init; }

    /// <summary>Bits per second that it may send; null for no limit.</summary>
    public required long? RateLimitBitsPerSecond { get; init; }

    /// <summary>How it answers when something is asked back.</summary>
    public required RevocationAnswer Revocation { get; init; }

    /// <summary>
    /// Whether interrupts, softirq and server work done for it may run on any core, even though
    /// the tenant has its own.
    /// </summary>
    public required bool SpreadServers { get; init; }

    /// <summary>Coming and going of tenants; null if they live through the run.</summary>
    public required Churn? Churn { get; init; }

    /// <summary>Whether its tenants are there from the set-up on; else they come later.</summary>
    public bool IsThereFromTheStart => Churn is null;

    /// <summary>Tenants on one machine (from 0); the first machines take the remainder.</summary>
    public int CountOn(int machine)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(machine);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(machine, Machines);
        return (int)(TotalCount / Machines + (machine < TotalCount % Machines ? 1 : 0));
    }
}
