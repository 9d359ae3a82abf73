using Disguise.Actors.Time;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Results;
using Disguise.Kernels.Abstractions;

namespace Disguise.Host.Running;

/// <summary>Puts an experiment's faults and revocations into the islands they concern.</summary>
internal sealed class Injections
{
    /// <summary>How outcomes are called, in the order of <see cref="RevocationResult"/>.</summary>
    public static readonly string[] Outcomes =
        ["returned", "returned-late", "forced", "refused", "not-applicable"];

    private readonly World world;
    private readonly List<Planned> planned = [];
    private readonly LinkOutages outages;

    public Injections(World world)
    {
        this.world = world;
        outages = new LinkOutages(world);
    }

    /// <summary>Schedules all; times count from the start of measuring.</summary>
    public void Schedule(long measureStartPs)
    {
        foreach (var injection in world.Experiment.Injections)
        {
            var atPs = measureStartPs + injection.AtPs;
            foreach (var thing in injection.Things)
                Schedule(injection, thing, atPs);
        }

        outages.Schedule();
    }

    /// <summary>What became of them by the end; an interrupted run did not reach the later ones.
    /// </summary>
    public IReadOnlyList<InjectionResult> Results(long measureStartPs)
    {
        var results = new List<InjectionResult>();
        var reachedPs = world.Emulation.NowPs;
        foreach (var one in planned.Where(one => one.AtPs <= reachedPs).OrderBy(one => one.AtPs))
        {
            var done = ReportOf(one);
            var taken = done is { Result: RevocationResult.NotApplicable } ? null : done;
            results.Add(new InjectionResult
            {
                AtUs = Rates.ToMicroseconds(one.AtPs - measureStartPs),
                What = one.What,
                Target = one.Target,
                Outcome = !one.IsApplicable ? "not-applicable" : NameOf(done?.Result),
                DeadlineAfterUs = AfterUs(taken, taken?.DeadlinePs),
                BegunAfterUs = AfterUs(taken, taken?.BegunPs),
                DoneAfterUs = AfterUs(taken, taken?.DonePs),
                Amount = one.Resource == RevocationOrder.Memory ? taken?.Amount : null,
                // Who is asked first is served on until it is done: that is no recovery.
                RecoveredAfterUs = IsDone(one, done)
                        && RecoveredPs(one.Hit) is { } servedPs && servedPs > (done?.DonePs ?? 0)
                    ? Rates.ToMicroseconds(servedPs - one.AtPs) : null,
            });
        }

        return results;
    }

    /// <summary>Outcomes of revocations with how many had each; null where none was ordered.
    /// </summary>
    public static IReadOnlyDictionary<string, long>? OutcomesOf(
        IReadOnlyList<InjectionResult> results)
    {
        var outcomes = results.Select(result => result.Outcome).OfType<string>().ToList();
        return outcomes.Count == 0 ? null : OpenCounts.Occurred(outcomes
            .GroupBy(outcome => outcome)
            .Select(same => KeyValuePair.Create(same.Key, same.LongCount())));
    }

    /// <summary>What its kernel says of a revocation; null where it says nothing, or not yet.
    /// </summary>
    private RevocationReport? ReportOf(Planned one) => one.Resource is null || !one.IsApplicable
        ? null : world.Revocations.Find(one.Holder, one.Resource, one.AtPs);

    /// <summary>Whether something was done from which a tenant can recover.</summary>
    private static bool IsDone(Planned one, RevocationReport? report) => one.IsApplicable
        && report is not
        { Result: RevocationResult.NotApplicable or RevocationResult.Refused };

    /// <summary>
    /// The last injection that had hit a tenant by a time, as the result calls it; null for none.
    /// </summary>
    public string? LastHit(string tenant, long byPs) => planned
        .Where(one => one.AtPs <= byPs && IsDone(one, ReportOf(one)) && one.Tenants.Any(
            hit => world.Experiment.Addresses.Print(hit) == tenant))
        .MaxBy(one => one.AtPs)?.What;

    private static double? AfterUs(RevocationReport? report, long? atPs) =>
        report is null || atPs is null
            ? null : Rates.ToMicroseconds(atPs.Value - report.OrderedPs);

    /// <summary>When all that were hit had been served again; null if one never was.</summary>
    private static long? RecoveredPs(IReadOnlyList<ServiceWatch.Watch> hit) =>
        hit.Count == 0 || hit.Any(watch => watch.ServedPs is null) ? null
        : hit.Max(watch => watch.ServedPs);

    private void Schedule(Injection injection, Thing thing, long atPs)
    {
        var address = world.Experiment.Addresses.Print(thing);
        switch (injection)
        {
            case Revocation revocation when !IsBuilt(revocation):
                // The reader has named what is not built; it is left out here.
                break;
            case Revocation revocation:
                Order(revocation, thing, address, atPs);
                break;
            case FaultInjection { Kind: "link-down" } when IsFunctionMissing(thing):
                planned.Add(new Planned(atPs, "fault link-down", address, null, [], false));
                break;
            case FaultInjection { Kind: "link-down" } fault:
                var untilPs = fault.ForPs is { } length ? atPs + length : Picoseconds.Never;
                outages.Add(thing, atPs, untilPs);
                planned.Add(new Planned(
                    atPs, "fault link-down", address, null, Watch(thing, atPs))
                {
                    Tenants = thing.Kind == ThingKind.ClientLink ? [] : [.. TenantsOf(thing)],
                });
                break;
            default:
                // The reader has named what is not built; it is left out here.
                break;
        }
    }

    /// <summary>Orders it; it is not applicable where nobody has it, or nothing of the kind is
    /// there.</summary>
    private void Order(Revocation revocation, Thing thing, string address, long atPs)
    {
        var machine = MachineOf(thing);
        var holder = HolderOf(thing);
        var from = holder is { } tenant ? world.Experiment.Addresses.Print(tenant) : address;
        machine.Board.Island.Enter();
        var isApplicable = holder is not null && machine.Kernel.Revoke(new RevocationOrder(
            from, revocation.Resource, revocation.Ask, revocation.DeadlinePs, atPs)
        {
            Amount = revocation.Amount,
        });
        planned.Add(new Planned(
            atPs, $"revoke {revocation.Resource}", address, revocation.Resource,
            holder is { } hit ? Watch(hit, atPs) : [], isApplicable)
        {
            Holder = from,
            Tenants = holder is { } owner ? [owner] : [],
        });
    }

    /// <summary>
    /// From whom something is taken: the tenant that has a virtual function, or the first slice of
    /// a core, at the start of measuring. Null for nobody.
    /// </summary>
    private Thing? HolderOf(Thing thing)
    {
        if (thing.Kind == ThingKind.Tenant)
            return thing;
        var machine = MachineOf(thing);
        var mac = thing.Kind == ThingKind.VirtualFunction
            ? machine.Nic.StateOf(thing.Index)?.Mac : null;
        var holder = thing.Kind == ThingKind.Core ? machine.Kernel.HolderOf(thing.Index) : null;
        foreach (var tenant in world.Tenants.On(thing.Group, thing.Member))
        {
            if (AddressPlan.TenantMac(world.Tenants.Of(tenant)) == mac
                || world.Experiment.Addresses.Print(tenant) == holder)
                return tenant;
        }

        return null;
    }

    private static bool IsBuilt(Revocation revocation) =>
        BuiltMechanisms.Here.Has(BuiltMechanisms.Resource(revocation.Resource));

    private static string? NameOf(RevocationResult? result) =>
        result is { } known ? Outcomes[(int)known] : null;

    /// <summary>An architecture that drives the physical function has no virtual ones.</summary>
    private bool IsFunctionMissing(Thing thing) => thing.Kind == ThingKind.VirtualFunction
        && MachineOf(thing).Nic.StateOf(thing.Index) is null;

    private List<ServiceWatch.Watch> Watch(Thing hit, long fromPs)
    {
        var service = world.Latencies.Service;
        if (hit.Kind == ThingKind.ClientLink)
            return [service.WatchClient(hit.Group, hit.Member, fromPs)];
        return [.. TenantsOf(hit)
            .Select(world.Tenants.Of)
            .Where(world.Latencies.IsTarget)
            .Select(tenant => service.WatchTenant(tenant, fromPs))];
    }

    /// <summary>The tenants whose frames pass a thing.</summary>
    private IEnumerable<Thing> TenantsOf(Thing thing)
    {
        var tenants = world.Tenants.On(thing.Group, thing.Member);
        switch (thing.Kind)
        {
            case ThingKind.Tenant:
                return [thing];
            case ThingKind.VirtualFunction:
                var mac = MachineOf(thing).Nic.StateOf(thing.Index)?.Mac;
                return tenants.Where(
                    tenant => AddressPlan.TenantMac(world.Tenants.Of(tenant)) == mac);
            default:
                return tenants;
        }
    }

    private MachineUnderTest MachineOf(Thing thing) => world.Machines.Single(machine =>
        machine.Group == thing.Group && machine.Member == thing.Member);

    private sealed record Planned(
        long AtPs, string What, string Target, string? Resource,
        IReadOnlyList<ServiceWatch.Watch> Hit, bool IsApplicable = true)
    {
        /// <summary>Address of the tenant from whom it is taken.</summary>
        public string Holder { get; init; } = Target;

        /// <summary>The tenants that it hits.</summary>
        public IReadOnlyList<Thing> Tenants { get; init; } = [];
    }
}
