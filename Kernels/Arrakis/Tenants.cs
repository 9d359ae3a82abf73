using Disguise.Actors.Dispatch;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis.Scheduling;

namespace Disguise.Kernels.Arrakis;

/// <summary>The running containers, by slot and by the ordinal of their domain's actor.</summary>
internal sealed class Tenants
{
    private const int BitsPerWord = 64;

    private readonly List<Tenant?> bySlot = [];
    private readonly List<Tenant?> byDomain = [];
    private readonly List<ulong> domains = [];

    /// <summary>Containers that run on cores that nobody owns, or are pinned.</summary>
    public int SharedCount { get; private set; }

    /// <summary>A container runs.</summary>
    public void Add(Tenant tenant)
    {
        Put(bySlot, tenant.Container.Slot, tenant);
        if (tenant.Placement.Kind != CorePlacementKind.Own)
            SharedCount++;
    }

    /// <summary>The actor of a container's domain is known.</summary>
    public void Started(Tenant tenant, IslandActorRef domain)
    {
        tenant.Domain = domain;
        Put(byDomain, domain.Ordinal, tenant);
        while (domains.Count <= domain.Ordinal / BitsPerWord)
            domains.Add(0);
        domains[domain.Ordinal / BitsPerWord] |= 1UL << (domain.Ordinal % BitsPerWord);
    }

    /// <summary>Whether an actor is a domain's, or was one's that has ended.</summary>
    public bool IsDomain(int ordinal) =>
        (uint)ordinal / BitsPerWord < (uint)domains.Count
        && (domains[ordinal / BitsPerWord] >> (ordinal % BitsPerWord) & 1) != 0;

    /// <summary>The container in a slot, or none.</summary>
    public Tenant? BySlot(int slot) =>
        (uint)slot < (uint)bySlot.Count ? bySlot[slot] : null;

    /// <summary>The container whose domain has an actor's ordinal, or none.</summary>
    public Tenant? ByDomain(int ordinal) =>
        (uint)ordinal < (uint)byDomain.Count ? byDomain[ordinal] : null;

    /// <summary>The container with an address, or none.</summary>
    public Tenant? ByAddress(string address) =>
        bySlot.Find(tenant => tenant is not null && tenant.Address == address);

    /// <summary>A container is gone.</summary>
    public void Remove(Tenant tenant)
    {
        bySlot[tenant.Container.Slot] = null;
        if (tenant.Domain is { } domain)
            byDomain[domain.Ordinal] = null;
        if (tenant.Placement.Kind != CorePlacementKind.Own)
            SharedCount--;
    }

    private static void Put(List<Tenant?> list, int index, Tenant tenant)
    {
        while (list.Count <= index)
            list.Add(null);
        list[index] = tenant;
    }
}
