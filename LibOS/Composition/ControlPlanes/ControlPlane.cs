using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Profiles;
using Disguise.Kernels.Resources;

namespace Disguise.LibOS.Composition.ControlPlanes;

/// <summary>
/// A kernel that is a control plane and no more, for architectures that need none of their own: it
/// gives each tenant a core, memory and a virtual function that nobody else has, takes them back,
/// and sees no packet. What a tenant's memory looks like is the architecture's business.
/// </summary>
public sealed class ControlPlane : IKernelView
{
    private readonly MachinePlan plan;
    private readonly Func<Grant, bool> map;
    private readonly SortedDictionary<int, Grant> grants = [];
    private readonly List<PacketCounters> counters = [];
    private KernelActor kernel = null!;
    private VirtualFunctions functions = null!;

    /// <summary>Adds the kernel's actor to a machine.</summary>
    /// <param name="plan">The machine.</param>
    /// <param name="map">
    /// Makes the address spaces of a tenant, of which its function's DMA takes the first. False
    /// when memory has run out; everything is taken back then.
    /// </param>
    /// <param name="accounts">Accounts of domains that are neither tenant nor kernel.</param>
    public ControlPlane(MachinePlan plan, Func<Grant, bool> map, params LedgerAccount[] accounts)
    {
        (this.plan, this.map, ServerAccounts) = (plan, map, accounts);
        Actor = plan.Root.Add(
            "kernel", () => kernel = new KernelActor(plan.Board, plan.Nic, Boot, TryReceive));
    }

    /// <inheritdoc/>
    public IslandActorRef Actor { get; }

    /// <inheritdoc/>
    public IReadOnlyList<LedgerAccount> ServerAccounts { get; }

    /// <inheritdoc/>
    public IReadOnlyList<PacketCounters> SoftwareCounters => counters;

    private Island Island => plan.Board.Island;

    /// <inheritdoc/>
    public KernelMessageKind KindOf(object message) => message switch
    {
        ControlProtocol.Launch => KernelMessageKind.ControlPlane,
        ControlProtocol.Revoke => KernelMessageKind.Operator,
        _ => KernelMessageKind.LifeOrFault,
    };

    /// <inheritdoc/>
    public long CheckFrames(List<string> findings) =>
        grants.Values.Sum(grant => grant.Memory.Check(findings));

    /// <inheritdoc/>
    public long CheckCapabilities(List<string> findings) => 0;

    /// <inheritdoc/>
    public bool Revoke(RevocationOrder order)
    {
        if (order.Resource != RevocationOrder.Network)
            return false;
        Island.Schedule(
            order.AtPs, Actor, ControlProtocol.Revoke.Instance, null, NumberOf(order.Target));
        return true;
    }

    private void Boot()
    {
        var own = new OwnedTableFrames(plan.Board.Frames, plan.Board.Memory, new OwnerId(0));
        functions = new VirtualFunctions(
            plan.Board, plan.Nic, Actor, own, plan.VirtualFunctions);
    }

    private bool TryReceive(object message, long word)
    {
        switch (message)
        {
            case ControlProtocol.Launch asked:
                Launch(asked);
                return true;
            case ControlProtocol.Revoke:
                Revoke((int)word);
                return true;
            case Terminated ended:
                End(grants.Values.Single(grant => grant.Actor.Equals(ended.ActorRef)));
                return true;
            case IommuFaultReport:
                plan.Board.Iommu.Faults.TryTake(out _);
                return true;
            default:
                return false;
        }
    }

    private void Launch(ControlProtocol.Launch asked)
    {
        var timePs = Island.NowPs;
        var refusal = "no core of its own is left";
        var granted = FreeCore(asked.Plan.Placement) is { } core
            ? TryGrant(asked, core, ref timePs, out refusal) : null;
        plan.Observer.ControlCall("launch", granted is null, Island.NowPs, timePs);
        if (granted is null)
        {
            plan.Readiness.Failed(asked.Plan.Address, refusal);
        }
        else
        {
            grants.Add(granted.Number, granted);
            counters.Add(granted.Counters);
            kernel.Watch(granted.Actor);
        }

        Island.Schedule(timePs, asked.Tenant, new ControlProtocol.Launched(granted), Actor);
    }

    private Core? FreeCore(CorePlacement placement) => plan.Board.Cores.FirstOrDefault(core =>
        grants.Values.All(grant => grant.Core != core)
        && (placement.Kind != CorePlacementKind.Pinned || placement.Core == core.Number));

    private Grant? TryGrant(
        ControlProtocol.Launch asked, Core core, ref long timePs, out string refusal)
    {
        timePs = core.DoKernelWork(
            plan.Board.KernelAccount, ProfileCosts.ControlPlaneCall, 1, timePs);
        refusal = "no virtual function is left";
        if (!functions.TryTake(out var function))
            return null;
        var grant = new Grant(
            plan.Board, plan.Nic, asked, NumberOf(asked.Plan.Address), core, function);
        refusal = "no memory is left";
        if (!map(grant) || !functions.TryAttach(
            function, asked.Plan.Mac, grant.Spaces[0],
            asked.Plan.Settings.RateLimitBitsPerSecond, core, ref timePs))
        {
            grant.Memory.Release();
            functions.Return(function);
            return null;
        }

        timePs = core.DoKernelWork(
            plan.Board.KernelAccount, ProfileCosts.PageTableEntry, grant.Memory.MappedPages,
            timePs);
        return grant;
    }

    private void Revoke(int number)
    {
        var orderedPs = Island.NowPs;
        var hadNetwork = grants.TryGetValue(number, out var grant) && grant.HasNetwork;
        var donePs = hadNetwork ? TakeNetwork(grant!) : orderedPs;
        plan.Observer.Revoked(RevocationReport.OfNetwork(
            plan.Tenants[number].Address, orderedPs, donePs, hadNetwork ? 1 : 0));
    }

    private void End(Grant grant)
    {
        grant.Core.Preempt(Island.NowPs);
        if (grant.HasNetwork)
            TakeNetwork(grant);
        grant.Memory.Release();
        grants.Remove(grant.Number);
    }

    private long TakeNetwork(Grant grant)
    {
        grant.HasNetwork = false;
        var donePs = functions.Detach(grant.Function, grant.Core, Island.NowPs);
        Island.Schedule(donePs, grant.Actor, ControlProtocol.Revoked.Instance, Actor);
        return donePs;
    }

    private int NumberOf(string address)
    {
        var number = 0;
        while (plan.Tenants[number].Address != address)
            number++;
        return number;
    }
}
