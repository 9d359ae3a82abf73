using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Results;
using Disguise.LibOS.Clients;

namespace Disguise.Host.Running;

/// <summary>
/// Latencies by group of clients, and by tenant where tenants are few. Islands record from several
/// threads; a few recorders share the work, and adding them up does not depend on who recorded
/// what.
/// </summary>
internal sealed class LatencyBook
{
    /// <summary>Most tenants that are recorded one by one.</summary>
    public const int MostTenants = 1_000;

    private const int TenantDigits = 2;
    private const int MostStripes = 16;

    private readonly Stripe[] stripes;
    private readonly int groups;
    private readonly int[][] tenantOfTarget;
    private readonly bool[] isTarget;
    private readonly ILatencySink? observer;

    /// <summary>Makes room for an experiment's clients, which stand on some islands.</summary>
    public LatencyBook(
        Experiment experiment, TenantNumbers tenants, int islands, ILatencySink? observer)
    {
        this.observer = observer;
        groups = experiment.Clients.Count;
        tenantOfTarget = [.. experiment.Clients.Select(
            group => group.Targets.Select(tenants.Of).ToArray())];
        isTarget = new bool[tenants.Count];
        foreach (var tenant in tenantOfTarget.SelectMany(targets => targets))
            isTarget[tenant] = true;
        IsByTenant = tenants.Count <= MostTenants;
        Service = new ServiceWatch(tenants.Count, experiment.Clients.Select(group => group.Count));
        stripes = new Stripe[Math.Clamp(islands, 1, MostStripes)];
        for (var index = 0; index < stripes.Length; index++)
            stripes[index] = new Stripe(this, stripes.Length < islands);
    }

    /// <summary>Whether tenants are recorded one by one.</summary>
    public bool IsByTenant { get; }

    /// <summary>Told of every reply.</summary>
    public ServiceWatch Service { get; }

    /// <summary>The sink of an island's clients.</summary>
    public ILatencySink SinkOf(int island) => stripes[island % stripes.Length];

    /// <summary>Whether some client may send to a tenant.</summary>
    public bool IsTarget(int tenant) => isTarget[tenant];

    /// <summary>All that a group's clients measured.</summary>
    public LatencyRecorder Of(int group)
    {
        var sum = new LatencyRecorder();
        foreach (var stripe in stripes)
            stripe.AddTo(sum, group);
        return sum;
    }

    /// <summary>All that clients measured at one tenant.</summary>
    public LatencyRecorder OfTenant(int tenant)
    {
        var sum = new LatencyRecorder(TenantDigits);
        foreach (var stripe in stripes)
            stripe.AddTenantTo(sum, tenant);
        return sum;
    }

    /// <summary>All that was measured.</summary>
    public LatencyRecorder All()
    {
        var sum = new LatencyRecorder();
        for (var group = 0; group < groups; group++)
        {
            foreach (var stripe in stripes)
                stripe.AddTo(sum, group);
        }

        return sum;
    }

    private sealed class Stripe : ILatencySink
    {
        private readonly Lock gate = new();
        private readonly LatencyBook book;
        private readonly bool isShared;
        private readonly LatencyRecorder?[] recorders;
        private readonly LatencyRecorder?[]? byTenant;

        public Stripe(LatencyBook book, bool isShared)
        {
            this.book = book;
            this.isShared = isShared;
            recorders = new LatencyRecorder?[book.groups];
            byTenant = book.IsByTenant ? new LatencyRecorder?[book.isTarget.Length] : null;
        }

        public void Record(int group, in TimedReply reply)
        {
            var tenant = book.tenantOfTarget[group][reply.Target];
            book.Service.Seen(tenant, group, reply);
            if (isShared)
            {
                lock (gate)
                    Take(group, tenant, reply);
            }
            else
            {
                Take(group, tenant, reply);
            }

            book.observer?.Record(group, reply);
        }

        public void AddTo(LatencyRecorder sum, int group)
        {
            if (recorders[group] is { } recorder)
                sum.Add(recorder);
        }

        public void AddTenantTo(LatencyRecorder sum, int tenant)
        {
            if (byTenant?[tenant] is { } recorder)
                sum.Add(recorder);
        }

        private void Take(int group, int tenant, in TimedReply reply)
        {
            (recorders[group] ??= new LatencyRecorder()).Record(reply.LatencyPs);
            if (byTenant is not null)
            {
                (byTenant[tenant] ??= new LatencyRecorder(TenantDigits))
                    .Record(reply.LatencyPs);
            }
        }
    }
}
