using Disguise.Actors.Time;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Keys;
using Disguise.Kernels.Profiles;

namespace Disguise.Host.Running;

/// <summary>
/// How long the set-up of an experiment's tenants may take. Those of one core take turns, and one
/// that computes keeps the core for its whole slice, so it grows with both.
/// </summary>
internal static class SetUpLimit
{
    private const long LeastPs = 60 * Picoseconds.PerSecond;

    /// <summary>Turns that a tenant may need, each after one of all others.</summary>
    private const int Turns = 4;

    /// <summary>The limit in virtual time.</summary>
    public static long Of(Experiment experiment)
    {
        var turnsPs = experiment.Machines.Max(machine => (Int128)Turns
            * TenantsOfACore(machine) * (machine.TimeSlicePs ?? LongestOfAKernelPs));
        return LeastPs + (long)Int128.Min(turnsPs, Kinds.LongestPs);
    }

    /// <summary>Xok's: no kernel has a longer slice of its own.</summary>
    private static long LongestOfAKernelPs => TimeSlices.Xok.TickPs * TimeSlices.Xok.TicksPerSlice;

    private static long TenantsOfACore(MachineGroup machine)
    {
        var pinned = machine.Tenants.Where(tenants => tenants.Core.Number is not null)
            .GroupBy(tenants => tenants.Core.Number, tenants => (long)tenants.CountOn(0))
            .Select(counts => counts.Sum()).DefaultIfEmpty().Max();
        var others = machine.Tenants.Where(tenants => tenants.Core.Number is null)
            .Sum(tenants => (long)tenants.CountOn(0));
        return pinned + ((others + machine.Cores - 1) / machine.Cores);
    }
}
