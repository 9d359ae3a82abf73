using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;

namespace Disguise.Kernels.Arrakis.Containers;

/// <summary>
/// What the kernel does about whole containers: starts them, takes their network away, frees
/// everything when they end. It works on a core of the container concerned.
/// </summary>
internal sealed class ContainerOrders(
    Machine machine, IslandActorRef kernel, ArrakisOptions options, KernelServices services,
    ContextScheduler scheduler, Tenants tenants)
{
    private long NowPs => machine.Island.NowPs;

    /// <summary>Starts a container and answers who asked for it.</summary>
    public void Start(ContainerProtocol.Request request, IslandActorRef from)
    {
        if (!TryPlace(request.Placement, out var placement, out var reason))
        {
            Answer(from, new ContainerProtocol.Refused(reason), NowPs);
            return;
        }

        var refusal = services.CreateContainer(
            request, CoreFor(placement), out var container, out var handle, out var domain,
            out var donePs);
        if (refusal != RefusalReason.None)
        {
            Leave(placement);
            Answer(from, new ContainerProtocol.Refused(TextOf(refusal)), donePs);
            return;
        }

        tenants.Add(new Tenant(
            request.Address, container, services.SpaceOf(domain), placement));
        Answer(
            from,
            new ContainerProtocol.Created(
                container, handle.Value, placement.Kind == CorePlacementKind.Own),
            donePs);
    }

    /// <summary>
    /// A container's domain has crashed or ended: everything it has is freed, and who says so is
    /// told when the orders to the NIC have been carried out too.
    /// </summary>
    public void End(ContainerId container, IslandActorRef from)
    {
        if (tenants.BySlot(container.Slot) is not { } tenant || tenant.Container != container)
        {
            Answer(from, ContainerProtocol.Freed.Instance, NowPs);
            return;
        }

        var core = CoreFor(tenant);
        var left = new List<Core>();
        foreach (var context in tenant.Contexts)
        {
            if (scheduler.Stop(context) is { } leaves)
                left.Add(leaves);
        }

        tenants.Remove(tenant);
        var donePs = services.DestroyContainer(container, core);
        foreach (var leaves in left)
        {
            if (!scheduler.Queues.IsOwned(leaves.Number))
                scheduler.LeaveCore(leaves, leaves == core ? donePs : NowPs);
        }

        Leave(tenant.Placement);
        Answer(
            from, ContainerProtocol.Freed.Instance,
            donePs + machine.Costs.Of(DeviceCosts.PciePostedWrite));
    }

    /// <summary>Deletes all cards of a container by force, and tells it.</summary>
    public void RevokeNetwork(string address)
    {
        var orderedPs = NowPs;
        var donePs = orderedPs;
        var count = 0;
        if (tenants.ByAddress(address) is { } tenant)
        {
            foreach (var (card, handle) in services.ControlPlane.CardsOf(tenant.Container))
            {
                count++;
                donePs = services.RevokeCard(card, CoreFor(tenant));
                if (tenant.Domain is { } domain)
                {
                    machine.Island.Schedule(
                        donePs, domain, ArrakisProtocol.CardRevoked.Instance, kernel,
                        (long)handle.Value);
                }
            }

            WakeSleepers(tenant);
        }

        options.Operator?.NetworkRevoked(address, orderedPs, donePs, count);
    }

    /// <summary>
    /// A context that waits on a shared core for a doorbell that will not ring any more gets to
    /// run, behind the word that its card is gone.
    /// </summary>
    private void WakeSleepers(Tenant tenant)
    {
        foreach (var context in tenant.Contexts)
        {
            if (context.Context is { State: ContextState.Blocked, Core: null })
                scheduler.RingDoorbell(context, CoreFor(tenant).Number);
        }
    }

    /// <summary>A reason in words joined by hyphens.</summary>
    private static string TextOf(RefusalReason reason)
    {
        var text = new System.Text.StringBuilder();
        foreach (var letter in reason.ToString())
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private bool TryPlace(CorePlacement asked, out CorePlacement given, out string reason)
    {
        given = asked;
        reason = "";
        switch (asked.Kind)
        {
            case CorePlacementKind.Own:
                var core = TakeOwnCore();
                given = asked with { Core = core };
                reason = $"none of {machine.Cores.Length} cores is left to own";
                return core >= 0;
            case CorePlacementKind.Pinned:
                reason = $"core {asked.Core} cannot be shared";
                if (!scheduler.Queues.MayPin(asked.Core))
                    return false;
                scheduler.Queues.Pin(asked.Core);
                return true;
            default:
                reason = "no core is left to share";
                return scheduler.Queues.SharedCoreCount > 0;
        }
    }

    /// <summary>A core that nobody owns; one stays for those that share.</summary>
    private int TakeOwnCore()
    {
        var queues = scheduler.Queues;
        var core = queues.TakeOwnCore(tenants.SharedCount > 0 ? 1 : 0);
        if (core < 0)
            return -1;
        if (!services.CanMoveDoorbellsFrom(core))
        {
            queues.GiveBack(core);
            return -1;
        }

        scheduler.Evict(core);
        services.MoveDoorbellsFrom(core);
        return core;
    }

    private void Leave(CorePlacement placement)
    {
        if (placement.Kind == CorePlacementKind.Own)
            scheduler.GiveBack(placement.Core);
        else if (placement.Kind == CorePlacementKind.Pinned)
            scheduler.Queues.Unpin(placement.Core);
    }

    /// <summary>Where the kernel works for a container: on a core of its own doing.</summary>
    private Core CoreFor(Tenant tenant)
    {
        foreach (var context in tenant.Contexts)
        {
            if (context.Context.Core is { } core)
                return core;
        }

        return CoreFor(tenant.Placement);
    }

    private Core CoreFor(CorePlacement placement) => machine.Cores[
        placement.Kind == CorePlacementKind.Shared
            ? scheduler.Queues.AnySharedCore()
            : placement.Core];

    private void Answer(IslandActorRef to, CrossingMessage message, long atPs) =>
        machine.Island.Schedule(atPs, to, message, kernel);
}
