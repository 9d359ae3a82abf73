using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Inspection;
using Disguise.Kernels.Microkernel;
using Disguise.Kernels.Microkernel.Domains;
using Disguise.Kernels.Microkernel.Servers;
using Disguise.Kernels.Microkernel.UserLevel;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Composition.Churn;
using Disguise.LibOS.Ipc;

namespace Disguise.Host.Composition;

/// <summary>
/// What the outside sees of a microkernel and its servers, and how it starts and ends tenants.
/// </summary>
internal sealed class MicrokernelView : ITenantLauncher
{
    private const int ProcessPriority = 20;

    private readonly MachinePlan plan;
    private readonly Machine machine;
    private readonly ServerPlacement placement;
    private readonly Dictionary<string, int> indexOf = new(StringComparer.Ordinal);
    private readonly ulong[] starts;

    /// <summary>A kernel that has no servers yet.</summary>
    /// <param name="plan">The machine.</param>
    /// <param name="nucleus">The kernel.</param>
    /// <param name="placement">Which cores tenants and servers have.</param>
    /// <param name="tenants">All tenants that there may be.</param>
    public MicrokernelView(
        MachinePlan plan, Nucleus nucleus, ServerPlacement placement,
        IReadOnlyList<TenantPlan> tenants)
    {
        this.plan = plan;
        this.placement = placement;
        machine = plan.Board;
        Nucleus = nucleus;
        DriverAccount = new LedgerAccount($"{machine.Name}.driver", "core", false);
        NetworkAccount = new LedgerAccount($"{machine.Name}.network", "core", false);
        PagerAccount = new LedgerAccount($"{machine.Name}.pager", "core", false);
        HasPager = tenants.Any(tenant => tenant.Settings.Application.UsesPages);
        Configuration =
        [
            .. tenants.Select(tenant => new TenantOfServer(
                tenant.Address, tenant.Mac, tenant.Ip,
                tenant.Settings.RateLimitBitsPerSecond)),
        ];
        starts = new ulong[tenants.Count];
        for (var index = 0; index < tenants.Count; index++)
            indexOf.Add(tenants[index].Address, index);
    }

    public Nucleus Nucleus { get; }

    /// <summary>The tenants that the network server may have, by their badges.</summary>
    public IReadOnlyList<TenantOfServer> Configuration { get; }

    /// <summary>The driver server, once it has started.</summary>
    public DriverServerActor? Driver { get; set; }

    /// <summary>The network server, once it has started.</summary>
    public NetworkServerActor? Network { get; set; }

    public LedgerAccount DriverAccount { get; }

    public LedgerAccount NetworkAccount { get; }

    public LedgerAccount PagerAccount { get; }

    /// <summary>Whether some tenant has virtual memory, which is a server's here.</summary>
    public bool HasPager { get; }

    public IslandActorRef Actor => Nucleus.Actor;

    public IReadOnlyList<LedgerAccount> ServerAccounts => HasPager
        ? [DriverAccount, NetworkAccount, PagerAccount] : [DriverAccount, NetworkAccount];

    public IReadOnlyList<PacketCounters> SoftwareCounters
    {
        get
        {
            var counters = new List<PacketCounters>();
            if (Driver is not null)
                counters.Add(Driver.Counters);
            if (Network is not null)
            {
                counters.Add(Network.Counters);
                counters.AddRange(Network.TenantCounters);
            }

            return counters;
        }
    }

    public IInspectedKernel? Inspected => Nucleus.Inspected;

    public IslandActorRef Start(TenantPlan tenant)
    {
        if (placement.TryPlace(tenant, out var place) is not { } reason)
            return Start(tenant, place);
        plan.Readiness.Failed(tenant.Address, reason);
        return plan.Root.Add(tenant.Name, () => new AbsentTenantActor());
    }

    /// <summary>A tenant is a process with a supervisor.</summary>
    public IslandActorRef Start(TenantPlan tenant, ServerPlacement.Place place)
    {
        var environment = new DomainEnvironment
        {
            Address = tenant.Address,
            Kernel = Actor,
            Mac = tenant.Mac,
            Ip = tenant.Ip,
            Costs = machine.Costs,
            Account = tenant.Account,
            Readiness = plan.Readiness,
            Requests = plan.Requests,
        };
        var request = new DomainRequest
        {
            Address = tenant.Address,
            Threads = [new ThreadPlace(place.Core, ProcessPriority)],
            ExtentPages = [ProcessActor.Pages],
            Links = LinksOf(tenant, place),
        };
        return plan.Root.Add(tenant.Name, () => new DomainSupervisorActor(
            Actor, request,
            boot => new ProcessActor(environment, tenant.Settings.Application, boot),
            refusal => plan.Readiness.Failed(tenant.Address, refusal))
        {
            Ended = () => placement.Free(place),
        });
    }

    /// <summary>
    /// To the network server, and to the pager where the tenant uses one. The pager may hear late,
    /// on another core, that a tenant has ended which has been started again: each start has a
    /// badge of its own there.
    /// </summary>
    private List<DomainRequest.EndpointLink> LinksOf(
        TenantPlan tenant, ServerPlacement.Place place)
    {
        var index = indexOf[tenant.Address];
        var badge = TenantOfServer.BadgeOf(index);
        List<DomainRequest.EndpointLink> links =
            [new($"{machine.Name}.network", place.Pair, badge)];
        if (tenant.Settings.Application.UsesPages)
            links.Add(new($"{machine.Name}.pager", place.Pair, badge | (starts[index]++ << 32)));
        return links;
    }

    public void Stop(IslandActorRef tenant, IslandActorRef root) => machine.Island.Schedule(
        machine.Island.NowPs, tenant, NucleusProtocol.Stop.Instance, root);

    public KernelMessageKind KindOf(object message) => Nucleus.KindOf(message);

    public long CheckFrames(List<string> findings) =>
        Nucleus.CheckFrames(machine.Name, findings);

    public long CheckCapabilities(List<string> findings) =>
        Nucleus.CheckCapabilities(machine.Name, findings);

    public bool Revoke(RevocationOrder order)
    {
        if (order.Resource != RevocationOrder.Network)
            return false;
        machine.Island.Schedule(
            order.AtPs, Actor, new NucleusProtocol.RevokeNetwork(order.Target), null);
        return true;
    }
}
