using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Composition;

/// <summary>
/// Numbers all tenants of an experiment from 0: by machine group, machine, tenant group, index.
/// </summary>
internal sealed class TenantNumbers
{
    private readonly Experiment experiment;
    private readonly int[][][] first;

    public TenantNumbers(Experiment experiment)
    {
        this.experiment = experiment;
        first = new int[experiment.Machines.Count][][];
        for (var group = 0; group < first.Length; group++)
        {
            var machines = experiment.Machines[group];
            first[group] = new int[machines.Count][];
            for (var member = 0; member < machines.Count; member++)
            {
                first[group][member] = new int[machines.Tenants.Count];
                for (var tenants = 0; tenants < machines.Tenants.Count; tenants++)
                {
                    first[group][member][tenants] = Count;
                    var count = machines.Tenants[tenants].CountOn(member);
                    Count += count;
                    if (machines.Tenants[tenants].IsThereFromTheStart)
                        FirstCount += count;
                }
            }
        }
    }

    /// <summary>Tenants in all, places for those who come and go included.</summary>
    public int Count { get; }

    /// <summary>Tenants that are there from the set-up on.</summary>
    public int FirstCount { get; }

    /// <summary>Number of a tenant.</summary>
    public int Of(Thing tenant) =>
        first[tenant.Group][tenant.Member][tenant.Tenants] + tenant.Index;

    /// <summary>The tenants of one machine, in the order of their numbers.</summary>
    public IEnumerable<Thing> On(int group, int member)
    {
        var machines = experiment.Machines[group];
        for (var tenants = 0; tenants < machines.Tenants.Count; tenants++)
        {
            var count = machines.Tenants[tenants].CountOn(member);
            for (var index = 0; index < count; index++)
                yield return new Thing(ThingKind.Tenant, group, member, tenants, index);
        }
    }
}
