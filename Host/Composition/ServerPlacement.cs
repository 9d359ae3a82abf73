using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Composition;

/// <summary>
/// Which cores the processes of a microkernel's tenants run on, and which the servers' threads
/// that work for them. A thread has one core: a tenant with a core of its own has it alone but for
/// the server threads that serve it; the others are dealt to the cores that nobody owns. Servers
/// that are spread run on cores that their tenant does not run on, if there are any. Server
/// threads are there from the start, for every core on which a tenant may come to run.
/// </summary>
internal sealed class ServerPlacement
{
    private readonly List<Pair> pairs = [];
    private readonly int cores;
    private readonly bool[] isOwned;
    private int nextShared;

    /// <summary>Divides cores among tenants.</summary>
    /// <param name="cores">Cores of the machine.</param>
    /// <param name="tenants">All that may be there at a time.</param>
    public ServerPlacement(int cores, IReadOnlyList<TenantPlan> tenants)
    {
        this.cores = cores;
        var owners = tenants.Count(tenant => tenant.Placement.Kind == CorePlacementKind.Own);
        isOwned = new bool[Math.Min(owners, cores - (owners < tenants.Count ? 1 : 0))];
        nextShared = isOwned.Length;
    }

    /// <summary>A thread of the driver and one of the network server, with a queue pair.</summary>
    /// <param name="TenantCore">The core of the tenants that they work for.</param>
    /// <param name="IsSpread">Whether they were to be elsewhere.</param>
    /// <param name="DriverCore">The driver's core.</param>
    /// <param name="NetworkCore">The network server's core.</param>
    public readonly record struct Pair(
        int TenantCore, bool IsSpread, int DriverCore, int NetworkCore);

    /// <summary>Where a tenant runs.</summary>
    /// <param name="Core">The core of its process.</param>
    /// <param name="Pair">The server threads that work for it.</param>
    /// <param name="Owns">Whether the core is its own.</param>
    public readonly record struct Place(int Core, int Pair, bool Owns);

    /// <summary>The server threads, one pair for each queue pair of the card.</summary>
    public IReadOnlyList<Pair> Pairs => pairs;

    /// <summary>
    /// Finds a place for a tenant, or says why there is none. An owned core is its until it is
    /// freed.
    /// </summary>
    public string? TryPlace(TenantPlan tenant, out Place place)
    {
        place = default;
        var core = tenant.Placement.Core;
        switch (tenant.Placement.Kind)
        {
            case CorePlacementKind.Pinned when (uint)core >= (uint)cores:
                return $"there is no core {core}";
            case CorePlacementKind.Pinned when core < isOwned.Length:
                return $"core {core} cannot be shared";
            case CorePlacementKind.Own:
                core = Array.IndexOf(isOwned, false);
                if (core < 0)
                    return $"none of {cores} cores is left to own";
                isOwned[core] = true;
                break;
            case CorePlacementKind.Shared:
                core = nextShared;
                nextShared = nextShared + 1 == cores ? isOwned.Length : nextShared + 1;
                break;
        }

        place = new Place(
            core, PairFor(core, tenant.SpreadsServers),
            tenant.Placement.Kind == CorePlacementKind.Own);
        return null;
    }

    /// <summary>A tenant has ended: its core can be another's.</summary>
    public void Free(in Place place)
    {
        if (place.Owns)
            isOwned[place.Core] = false;
    }

    /// <summary>
    /// Makes the server threads of every core on which tenants of a kind may come to run.
    /// </summary>
    public void ProvideFor(TenantPlan tenant)
    {
        var (from, to) = tenant.Placement.Kind switch
        {
            CorePlacementKind.Own => (0, isOwned.Length),
            CorePlacementKind.Shared => (isOwned.Length, cores),
            _ => (Math.Max(tenant.Placement.Core, isOwned.Length), tenant.Placement.Core + 1),
        };
        for (var core = from; core < Math.Min(to, cores); core++)
            PairFor(core, tenant.SpreadsServers);
    }

    /// <summary>A machine without tenants has its servers all the same.</summary>
    public void Complete()
    {
        if (pairs.Count == 0)
            pairs.Add(new Pair(0, false, 0, 0));
    }

    private int PairFor(int core, bool isSpread)
    {
        var known = pairs.FindIndex(
            pair => pair.TenantCore == core && pair.IsSpread == isSpread);
        if (known >= 0)
            return known;
        pairs.Add(isSpread && cores > 1
            ? new Pair(core, true, Other(core, 0), Other(core, 1))
            : new Pair(core, isSpread, core, core));
        return pairs.Count - 1;
    }

    /// <summary>A core that is not the tenant's: that of the least server threads.</summary>
    private int Other(int core, int already)
    {
        var chosen = -1;
        var least = int.MaxValue;
        for (var step = 1; step < cores; step++)
        {
            var other = (core + step) % cores;
            var load = already * (step == 1 ? 1 : 0);
            foreach (var pair in pairs)
            {
                load += pair.DriverCore == other ? 1 : 0;
                load += pair.NetworkCore == other ? 1 : 0;
                load += pair.TenantCore == other ? 1 : 0;
            }

            if (load >= least)
                continue;
            least = load;
            chosen = other;
        }

        return chosen;
    }
}
