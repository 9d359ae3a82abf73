using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Monolithic;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Composition.Churn;
using Disguise.LibOS.Domains;
using Disguise.LibOS.SystemCalls;

namespace Disguise.Host.Composition;

/// <summary>What the outside sees of a monolithic kernel, and how it starts and ends tenants.
/// </summary>
internal sealed class MonolithicView(MachinePlan plan, MonolithicKernel kernel) : ITenantLauncher
{
    private readonly Machine machine = plan.Board;

    public IslandActorRef Actor => kernel.Actor;

    public IReadOnlyList<LedgerAccount> ServerAccounts => [];

    public IReadOnlyList<PacketCounters> SoftwareCounters =>
        [kernel.Received, kernel.Transmitted];

    /// <summary>A tenant is a process.</summary>
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
            () => new ProcessActor(environment, tenant.Settings, tenant.Placement));
    }

    public void Stop(IslandActorRef tenant, IslandActorRef root) => machine.Island.Schedule(
        machine.Island.NowPs, kernel.Actor, MonolithicProtocol.EndProcess.Instance, root,
        tenant.Ordinal);

    public KernelMessageKind KindOf(object message) => MonolithicKernel.KindOf(message);

    public long CheckFrames(List<string> findings)
    {
        var before = findings.Count;
        var frames = kernel.CheckFrames(findings);
        for (var index = before; index < findings.Count; index++)
            findings[index] = $"{machine.Name}: {findings[index]}";
        return frames;
    }

    public long CheckCapabilities(List<string> findings) => 0;

    public bool Revoke(RevocationOrder order)
    {
        if (order.Resource != RevocationOrder.Network)
            return false;
        machine.Island.Schedule(
            order.AtPs, Actor, new MonolithicProtocol.RevokeNetwork(order.Target), null);
        return true;
    }
}
