using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Composition;

/// <summary>
/// Which cores the processes of a microkernel's tenants run on, and which the servers' threads
/// that work for them. A thread has one core: a tenant with a core of its own has it alone but for
/// the server threads that serve it; the others are dealt to the cores that nobody owns. Servers
/// that are spread run on cores that their tenant does not run on, if there are any.
/// </summary>
internal sealed class ServerPlacement
{
    private readonly List<Pair> pairs = [];
    private readonly int[] coreOf;
    private readonly int[] pairOf;
    private readonly string?[] refusals;

    public ServerPlacement(int cores, IReadOnlyList<TenantPlan> tenants)
    {
        coreOf = new int[tenants.Count];
        pairOf = new int[tenants.Count];
        refusals = new string?[tenants.Count];
        var isOwned = new bool[cores];
        var keepsOne = tenants.Any(
            tenant => tenant.Placement.Kind != CorePlacementKind.Own) ? 1 : 0;
        var owned = 0;
        for (var index = 0; index < tenants.Count; index++)
        {
            var placement = tenants[index].Placement;
            if (placement.Kind == CorePlacementKind.Pinned)
            {
                coreOf[index] = placement.Core;
                if ((uint)placement.Core >= (uint)cores)
                    refusals[index] = $"there is no core {placement.Core}";
            }
            else if (placement.Kind == CorePlacementKind.Own && owned + keepsOne >= cores)
            {
                refusals[index] = $"none of {cores} cores is left to own";
            }
            else if (placement.Kind == CorePlacementKind.Own)
            {
                isOwned[owned] = true;
                coreOf[index] = owned++;
            }
        }

        ShareCores(tenants, cores, owned);
        for (var index = 0; index < tenants.Count; index++)
        {
            pairOf[index] = refusals[index] is null
                ? PairFor(coreOf[index], tenants[index].SpreadsServers, cores) : 0;
        }

        // A machine without tenants has its servers all the same.
        if (pairs.Count == 0)
            pairs.Add(new Pair(0, false, 0, 0));
    }

    /// <summary>A thread of the driver and one of the network server, with a queue pair.</summary>
    /// <param name="TenantCore">The core of the tenants that they work for.</param>
    /// <param name="IsSpread">Whether they were to be elsewhere.</param>
    /// <param name="DriverCore">The driver's core.</param>
    /// <param name="NetworkCore">The network server's core.</param>
    public readonly record struct Pair(
        int TenantCore, bool IsSpread, int DriverCore, int NetworkCore);

    /// <summary>The server threads, one pair for each queue pair of the card.</summary>
    public IReadOnlyList<Pair> Pairs => pairs;

    /// <summary>The core of a tenant's process.</summary>
    public int CoreOf(int tenant) => coreOf[tenant];

    /// <summary>The server threads that work for a tenant.</summary>
    public int PairOf(int tenant) => pairOf[tenant];

    /// <summary>Why a tenant has no core, or null.</summary>
    public string? RefusalOf(int tenant) => refusals[tenant];

    private void ShareCores(IReadOnlyList<TenantPlan> tenants, int cores, int owned)
    {
        var next = owned;
        for (var index = 0; index < tenants.Count; index++)
        {
            var placement = tenants[index].Placement;
            if (placement.Kind == CorePlacementKind.Pinned && placement.Core < owned)
                refusals[index] = $"core {placement.Core} cannot be shared";
            if (placement.Kind != CorePlacementKind.Shared)
                continue;
            coreOf[index] = next;
            next = next + 1 == cores ? owned : next + 1;
        }
    }

    private int PairFor(int core, bool isSpread, int cores)
    {
        var known = pairs.FindIndex(
            pair => pair.TenantCore == core && pair.IsSpread == isSpread);
        if (known >= 0)
            return known;
        pairs.Add(isSpread && cores > 1
            ? new Pair(core, true, Other(core, 0, cores), Other(core, 1, cores))
            : new Pair(core, isSpread, core, core));
        return pairs.Count - 1;
    }

    /// <summary>A core that is not the tenant's: that of the least server threads.</summary>
    private int Other(int core, int already, int cores)
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
