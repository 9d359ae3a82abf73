using Disguise.Actors.Ledgers;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis.Scheduling;

namespace Disguise.Kernels.Arrakis.Containers;

/// <summary>What the machine's operator gives an application container.</summary>
public sealed record ContainerOptions
{
    /// <summary>Address of the container: <c>server.echo[3]</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Its MAC address.</summary>
    public required MacAddress Mac { get; init; }

    /// <summary>Its IPv4 address.</summary>
    public required Ipv4Address Ip { get; init; }

    /// <summary>Where its contexts run.</summary>
    public required CorePlacement Placement { get; init; }

    /// <summary>Makes the actor of its protection domain.</summary>
    public required IProtectionDomainFactory Factory { get; init; }

    /// <summary>Account that its domains book to.</summary>
    public required LedgerAccount Account { get; init; }

    /// <summary>Told when its set-up has ended.</summary>
    public required IReadiness Readiness { get; init; }

    /// <summary>Follows requests when set.</summary>
    public IRequestObserver? Requests { get; init; }

    /// <summary>Most pages that it may allocate.</summary>
    public long MemoryLimitPages { get; init; } = 1 << 14;
}
