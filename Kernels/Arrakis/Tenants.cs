using Disguise.Actors.Dispatch;

namespace Disguise.Kernels.Arrakis;

/// <summary>The running containers, by slot, address and the ordinal of their domain's actor.
/// </summary>
internal sealed class Tenants
{
    private readonly List<Tenant?> bySlot = [];
    private readonly Dictionary<string, int> byAddress = [];
    private readonly Dictionary<int, int> byDomain = [];

    public void Add(Tenant tenant)
    {
        var slot = tenant.Container.Slot;
        while (bySlot.Count <= slot)
            bySlot.Add(null);
        bySlot[slot] = tenant;
        byAddress[tenant.Address] = slot;
    }

    public void Started(int slot, IslandActorRef domain)
    {
        var tenant = bySlot[slot]
            ?? throw new InvalidOperationException($"container {slot} is not there");
        tenant.DomainOrdinal = domain.Ordinal;
        byDomain[domain.Ordinal] = slot;
    }

    public Tenant? ByDomain(int ordinal) =>
        byDomain.TryGetValue(ordinal, out var slot) ? bySlot[slot] : null;

    public Tenant? ByAddress(string address) =>
        byAddress.TryGetValue(address, out var slot) ? bySlot[slot] : null;

    public Tenant? Remove(int slot)
    {
        if ((uint)slot >= (uint)bySlot.Count || bySlot[slot] is not { } tenant)
            return null;
        bySlot[slot] = null;
        byAddress.Remove(tenant.Address);
        byDomain.Remove(tenant.DomainOrdinal);
        return tenant;
    }
}
