using Disguise.Actors.Ledgers;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;
using Disguise.Host.Experiments;
using Disguise.Kernels.Abstractions;

namespace Disguise.Host.Composition;

/// <summary>The tenants of one machine, as an architecture installs them.</summary>
/// <param name="Tenants">In the order of their numbers.</param>
/// <param name="Readiness">Told when a tenant's set-up has ended.</param>
/// <param name="Requests">Follows requests when set.</param>
/// <param name="NetworkRevoked">Told of a revocation: address, ordered, done, cards.</param>
internal sealed record TenantPlan(
    IReadOnlyList<TenantPlan.Tenant> Tenants,
    IReadiness Readiness,
    IRequestObserver? Requests,
    Action<string, long, long, int> NetworkRevoked)
{
    /// <summary>One tenant.</summary>
    public readonly record struct Tenant(
        string Name, string Address, MacAddress Mac, Ipv4Address Ip, TenantGroup Group,
        LedgerAccount Account);
}
