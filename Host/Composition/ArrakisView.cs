using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Inspection;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Composition.Churn;
using Disguise.LibOS.Domains;

namespace Disguise.Host.Composition;

/// <summary>What the outside sees of an Arrakis kernel, and how it starts and ends tenants.
/// </summary>
internal sealed class ArrakisView : ITenantLauncher, IControlCallObserver
{
    private readonly MachinePlan plan;
    private readonly Machine machine;
    private readonly IMachineObserver observer;
    private readonly Dictionary<Type, string> kinds = [];
    private readonly Dictionary<TenantSettings, IProtectionDomainFactory> factories =
        new(ReferenceEqualityComparer.Instance);

    public ArrakisView(MachinePlan plan)
    {
        this.plan = plan;
        machine = plan.Board;
        observer = plan.Observer;
    }

    public ArrakisKernel Kernel { get; set; } = null!;

    public IslandActorRef Actor => Kernel.Actor;

    public IReadOnlyList<LedgerAccount> ServerAccounts => [];

    public IReadOnlyList<PacketCounters> SoftwareCounters => [];

    public IInspectedKernel? Inspected => Kernel.Inspected;

    /// <summary>A tenant is an application container with a library OS in its domain.</summary>
    public IslandActorRef Start(TenantPlan tenant)
    {
        if (!factories.TryGetValue(tenant.Settings, out var factory))
            factories.Add(tenant.Settings, factory = new LibraryOsFactory(tenant.Settings));
        var container = new ContainerOptions
        {
            Address = tenant.Address,
            Mac = tenant.Mac,
            Ip = tenant.Ip,
            Placement = tenant.Placement,
            Factory = factory,
            Account = tenant.Account,
            Readiness = plan.Readiness,
            Requests = plan.Requests,
        };
        return plan.Root.Add(
            tenant.Name,
            () => new ApplicationContainerActor(container, Kernel.Actor, machine.Costs));
    }

    public void Stop(IslandActorRef tenant, IslandActorRef root) => machine.Island.Schedule(
        machine.Island.NowPs, tenant, ContainerProtocol.Stop.Instance, root);

    public KernelMessageKind KindOf(object message) => KernelMessages.KindOf(message);

    public void Called(Command command, RefusalReason refusal, long trappedPs, long returnedPs) =>
        observer.ControlCall(
            KindOf(command), refusal != RefusalReason.None, trappedPs, returnedPs);

    public bool Revoke(RevocationOrder order)
    {
        if (order.Resource != RevocationOrder.Network)
            return false;
        machine.Island.Schedule(
            order.AtPs, Actor, new ContainerProtocol.RevokeNetwork(order.Target), null);
        return true;
    }

    /// <summary>
    /// No frame is in two extents, none of an extent is the kernel's own, and whatever is mapped
    /// into a container lies in an extent.
    /// </summary>
    public long CheckFrames(List<string> findings)
    {
        var owned = Kernel.ControlPlane.Extents().OrderBy(extent => extent.FirstFrame).ToList();
        var frames = 0L;
        var end = long.MinValue;
        foreach (var extent in owned)
        {
            frames += extent.Pages;
            if (extent.FirstFrame < end)
            {
                findings.Add(
                    $"{machine.Name}: frame {extent.FirstFrame} belongs to container "
                    + $"{extent.Container} and another");
            }

            end = Math.Max(end, extent.FirstFrame + extent.Pages);
        }

        foreach (var table in machine.Frames.Extents)
            frames += CheckTables(table, owned, findings);
        foreach (var mapping in Kernel.ControlPlane.Mappings())
        {
            if (!owned.Exists(extent => extent.Extent == mapping.Extent
                && mapping.FirstFrame >= extent.FirstFrame
                && mapping.FirstFrame + mapping.Pages <= extent.FirstFrame + extent.Pages))
            {
                findings.Add(
                    $"{machine.Name}: domain {mapping.Domain} maps frames outside its extent");
            }
        }

        return frames;
    }

    public long CheckCapabilities(List<string> findings)
    {
        var count = 0L;
        foreach (var capability in Kernel.ControlPlane.Capabilities)
        {
            count++;
            if (!capability.IsParentLive)
            {
                findings.Add(
                    $"{machine.Name}: capability {capability.Slot} descends from none that lives");
            }
        }

        return count;
    }

    private string KindOf(Command command)
    {
        var type = command.GetType();
        if (!kinds.TryGetValue(type, out var kind))
            kinds.Add(type, kind = HyphenatedName.Of(type.Name));
        return kind;
    }

    /// <summary>The kernel's own frames, by the hardware's record, are in no extent.</summary>
    private long CheckTables(
        FrameExtent table, List<MemoryExtent> owned, List<string> findings)
    {
        if (table.Owner != ArrakisKernel.FrameOwner)
            return 0;
        var index = owned.FindIndex(extent =>
            extent.FirstFrame < table.EndFrame
            && table.FirstFrame < extent.FirstFrame + extent.Pages);
        if (index >= 0)
        {
            findings.Add(
                $"{machine.Name}: frame {owned[index].FirstFrame} is a page table's and "
                + $"container {owned[index].Container}'s");
        }

        return table.FrameCount;
    }
}
