using Disguise.Actors.Time;
using Disguise.Hardware.Machines;
using Disguise.Host.Experiments;
using Disguise.Host.Running;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Composition.Churn;

namespace Disguise.Host.Composition;

/// <summary>
/// Adds to a machine the sources of its tenant groups that come and go. The arrivals of a group
/// are a Poisson process; each machine has its share of it by its places, which is one too.
/// </summary>
internal sealed class ChurnBuilder(MachineUnderTest machine, MachineReadiness readiness)
{
    // Far beyond the end of any run, and far from the end of what a time can hold.
    private const long LongestIntervalPs = 100_000 * Picoseconds.PerSecond;

    private readonly List<(TenantChurn Plan, long StartPs)> planned = [];

    /// <summary>Whether a group's tenants are there from the set-up on.</summary>
    public bool StaysThrough(int group) => machine.Settings.Tenants[group].IsThereFromTheStart;

    /// <summary>What the groups with churn do, in their order.</summary>
    public IReadOnlyList<TenantChurn> Plan(IReadOnlyList<List<TenantPlan>> groups)
    {
        for (var index = 0; index < groups.Count; index++)
        {
            var group = machine.Settings.Tenants[index];
            if (group.Churn is not { } churn || groups[index].Count == 0)
                continue;
            var book = new ChurnBook(machine.Group, index, machine.Board.Island);
            var plan = new TenantChurn
            {
                Name = $"{group.Name}.arrivals",
                Address = $"{machine.Address}.{group.Name}.arrivals",
                Places = groups[index],
                MeanIntervalPs = MeanIntervalPs(churn, groups[index].Count, group.TotalCount),
                LifetimePs = churn.LifetimePs ?? 0,
                Observer = book,
            };
            readiness.Add(plan, book);
            machine.Churn.Add(book);
            planned.Add((plan, churn.StartPs));
        }

        return [.. planned.Select(one => one.Plan)];
    }

    /// <summary>
    /// Adds the sources, when the kernel is installed; none where it cannot start tenants later.
    /// </summary>
    public void AddSources(MachineActor root)
    {
        if (machine.Kernel is not ITenantLauncher launcher)
            return;
        foreach (var (plan, startPs) in planned)
        {
            machine.Sources.Add(new TenantSource(
                root.Add(plan.Name, () => new TenantSourceActor(plan, launcher, root.Me)),
                startPs));
        }
    }

    private static long MeanIntervalPs(Churn churn, int places, long allPlaces) =>
        churn.ArrivalsPerSecond is not { } rate ? 0
        : (long)Math.Clamp(
            Picoseconds.PerSecond * (decimal)allPlaces / (rate * places), 1, LongestIntervalPs);
}
