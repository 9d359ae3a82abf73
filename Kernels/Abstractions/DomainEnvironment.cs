using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;

namespace Disguise.Kernels.Abstractions;

/// <summary>
/// What a protection domain is told when it starts. It holds no part of the machine: memory is
/// reached through the MMU of the core that a context runs on, everything else by messages.
/// </summary>
public sealed record DomainEnvironment
{
    /// <summary>Address of the tenant: <c>server.echo[3]</c>.</summary>
    public required string Address { get; init; }

    /// <summary>The kernel, for system calls.</summary>
    public required IslandActorRef Kernel { get; init; }

    /// <summary>The tenant's MAC address.</summary>
    public required MacAddress Mac { get; init; }

    /// <summary>The tenant's IPv4 address.</summary>
    public required Ipv4Address Ip { get; init; }

    /// <summary>Values of all costs.</summary>
    public required CostTable Costs { get; init; }

    /// <summary>Account that the domain's contexts book to.</summary>
    public required LedgerAccount Account { get; init; }

    /// <summary>Told when the set-up has ended.</summary>
    public required IReadiness Readiness { get; init; }

    /// <summary>The handle by which the domain names itself to its kernel; 0 where it has none.
    /// </summary>
    public ulong DomainHandle { get; init; }

    /// <summary>Whether the domain's core is its own, so that it may halt on it.</summary>
    public bool OwnsItsCore { get; init; }

    /// <summary>Follows requests when set.</summary>
    public IRequestObserver? Requests { get; init; }
}
