using Disguise.Actors.Ledgers;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Domains;

namespace Disguise.LibOS.Composition;

/// <summary>One tenant of a machine, as an architecture installs it.</summary>
public sealed record TenantPlan
{
    /// <summary>Name of its actor under the machine's: <c>echo(3)</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its address: <c>server.echo[3]</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Its Ethernet address.</summary>
    public required MacAddress Mac { get; init; }

    /// <summary>Its IPv4 address.</summary>
    public required Ipv4Address Ip { get; init; }

    /// <summary>Where its contexts run.</summary>
    public required CorePlacement Placement { get; init; }

    /// <summary>What it runs; the tenants of a group share it. The interface is one that the
    /// architecture has.</summary>
    public required TenantSettings Settings { get; init; }

    /// <summary>Account that its contexts book to.</summary>
    public required LedgerAccount Account { get; init; }

    /// <summary>
    /// Whether interrupts and servers' work for it may run on any core, even where it has its own.
    /// </summary>
    public bool SpreadsServers { get; init; }
}
