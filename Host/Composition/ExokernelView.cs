using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Inspection;
using Disguise.Kernels.Exokernel;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Composition.Churn;
using Disguise.LibOS.ExOS;

namespace Disguise.Host.Composition;

/// <summary>What the outside sees of an Exokernel, and how it starts and ends tenants.</summary>
internal sealed class ExokernelView(MachinePlan plan, ExokernelKernel kernel) : ITenantLauncher
{
    private readonly Machine machine = plan.Board;

    public IslandActorRef Actor => kernel.Actor;

    public IReadOnlyList<LedgerAccount> ServerAccounts => [];

    public IReadOnlyList<PacketCounters> SoftwareCounters => kernel.PacketCounters;

    public IReadOnlyList<KeyValuePair<string, long>>? SecureBindings => kernel.BindingCounts;

    public IInspectedKernel? Inspected => kernel.Inspected;

    /// <summary>A tenant is an environment.</summary>
    public IslandActorRef Start(TenantPlan tenant)
    {
        var environment = new DomainEnvironment
        {
            Address = tenant.Address,
            Kernel = kernel.Actor,
            Mac = tenant.Mac,
            Ip = tenant.Ip,
            Costs = machine.Costs,
            Account = tenant.Account,
            Readiness = plan.Readiness,
            Requests = plan.Requests,
        };
        return plan.Root.Add(
            tenant.Name,
            () => new EnvironmentActor(environment, tenant.Settings, tenant.Placement));
    }

    public void Stop(IslandActorRef tenant, IslandActorRef root) => machine.Island.Schedule(
        machine.Island.NowPs, kernel.Actor, ExokernelProtocol.EndEnvironment.Instance, root,
        tenant.Ordinal);

    public KernelMessageKind KindOf(object message) => kernel.KindOf(message);

    public long CheckFrames(List<string> findings) => kernel.CheckFrames(findings);

    public long CheckCapabilities(List<string> findings) =>
        kernel.CheckCapabilities(findings);

    public string? HolderOf(int core) => kernel.HolderOf(core);

    public bool Revoke(RevocationOrder order)
    {
        if (!ExokernelKernel.CanRevoke(order))
            return false;
        machine.Island.Schedule(order.AtPs, Actor, new ExokernelProtocol.Revoke(order), null);
        return true;
    }
}
