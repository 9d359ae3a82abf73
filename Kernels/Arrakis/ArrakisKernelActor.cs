using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Arrakis.Cards;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;

namespace Disguise.Kernels.Arrakis;

/// <summary>
/// The Arrakis kernel: the control plane, and the scheduler of what does not run. No packet ever
/// comes here. A call is handled at the caller's time on the caller's core; nothing serialises
/// two callers but what they ask for.
/// </summary>
internal sealed class ArrakisKernelActor : EmulatedActor
{
    private readonly Machine machine;
    private readonly Nic nic;
    private readonly ArrakisOptions options;
    private readonly ArrakisKernel kernel;
    private readonly KernelWork work;
    private readonly Tenants tenants = new();
    private readonly bool checksOrders;
    private readonly ContextScheduler scheduler;
    private ContainerOrders containers = null!;
    private KernelServices services = null!;

    public ArrakisKernelActor(
        Machine machine, Nic nic, ArrakisOptions options, ArrakisKernel kernel)
    {
        this.machine = machine;
        this.nic = nic;
        this.options = options;
        this.kernel = kernel;
        checksOrders = machine.Guards.IsOn(KernelGuards.Orders);
        work = new KernelWork(machine);
        scheduler = new ContextScheduler(machine, Me, work, options.SlicePs);
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        services = new KernelServices(machine, nic, options, Me, work, scheduler.Queues);
        containers = new ContainerOrders(machine, Me, options, services, scheduler, tenants);
        kernel.Booted(services, new KernelInspection(machine.Name, services, tenants));
        foreach (var core in machine.Cores)
            Send(core.Actor, new KernelAttached(Me), NowPs);
        Send(nic.Device, new KernelAttached(Me), NowPs);
        EmulateCards();
        services.EnableVirtualFunctions();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (IsRefusedOrder(message))
        {
            kernel.RecordRefusedOrder();
            return;
        }

        switch (message)
        {
            case ArrakisProtocol.WaitForDoorbell wait:
                if (Find(wait.Context) is { } waiting)
                    scheduler.Wait(waiting);
                break;
            case CoreProtocol.KernelInterrupt:
                TakeDoorbell(Word);
                break;
            case CoreProtocol.TimerInterrupt:
                scheduler.EndSlice((int)Word);
                break;
            case ArrakisProtocol.Yield yield:
                if (Find(yield.Context) is { } yielding)
                    scheduler.Yield(yielding);
                break;
            case ArrakisProtocol.ControlCall call:
                if (Find(call.Context) is { } caller)
                    Serve(caller, call, NowPs);
                break;
            case DeferredCall:
                ServeDeferred();
                break;
            case ArrakisProtocol.StartContext start:
                if (TenantOf(Island.From) is { } starter)
                    Start(starter, start.Context);
                break;
            case ArrakisProtocol.Exit exit:
                if (Find(exit.Context) is { } ending)
                    End(ending);
                break;
            case ContainerProtocol.Request request:
                containers.Start(request, (IslandActorRef)Sender);
                break;
            case ContainerProtocol.DomainStarted started:
                if (tenants.BySlot(started.Container.Slot) is { } tenant)
                    tenants.Started(tenant, started.Domain);
                break;
            case ContainerProtocol.DomainCrashed crashed:
                containers.End(crashed.Container, (IslandActorRef)Sender);
                break;
            case ContainerProtocol.RevokeNetwork revoke:
                containers.RevokeNetwork(revoke.Address);
                break;
            case IommuFaultReport report:
                // Taking it makes room in the log for the next.
                machine.Iommu.Faults.TryTake(out _);
                kernel.RecordFault(report.Fault);
                break;
            case PhysicalFunctionProtocol.Installed:
                break;
            case PhysicalFunctionProtocol.Refused { Reason: FilterRefusal.NoSuchFunction }:
                // The function went away while the order was under way.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>A domain says what is no system call (guard <c>kernel-orders</c>).</summary>
    private bool IsRefusedOrder(object message) =>
        message is not DeferredCall
        && (message as CrossingMessage)?.Kind != CrossingKind.SystemCall
        && checksOrders && tenants.IsDomain(Island.From);

    /// <summary>Takes a core for cards in software, where there may be any.</summary>
    private void EmulateCards()
    {
        if (options.SoftwareCards == 0)
            return;
        var core = machine.Cores.Length > 1 ? scheduler.Queues.TakeDedicatedCore() : 0;
        nic.AddSoftwareFunctions(
            options.VirtualFunctions, options.SoftwareCards,
            new SoftwareCardCore(machine, work, core));
    }

    private Tenant? TenantOf(int ordinal)
    {
        var tenant = tenants.ByDomain(ordinal);
        if (tenant is null)
            kernel.RecordStray();
        return tenant;
    }

    /// <summary>The record of the sender's context; none if the sender is gone.</summary>
    private ScheduledContext? Find(CpuContext context)
    {
        if (TenantOf(Island.From) is not { } tenant)
            return null;
        if (tenant.Find(context) is { } scheduled)
            return scheduled;
        kernel.RecordStray();
        return null;
    }

    private void Start(Tenant tenant, CpuContext context)
    {
        if (context.Owner.Ordinal != Island.From)
            throw new InvalidOperationException("a domain starts another domain's context");
        if (tenant.Find(context) is not null || context.State != ContextState.Ready)
            return;
        if (tenant.Contexts.Count == Tenant.ContextLimit)
            kernel.RecordRefusedOrder();
        else
            scheduler.Start(tenant.Add(context));
    }

    private void End(ScheduledContext context)
    {
        var core = scheduler.Stop(context);
        context.Tenant.Remove(context);
        if (core is not null)
            scheduler.LeaveCore(core, work.Enter(core, NowPs));
    }

    private void Serve(ScheduledContext caller, ArrakisProtocol.ControlCall call, long calledPs)
    {
        caller.CalledPs = calledPs;
        if (caller.Context.Core is not { } core)
        {
            caller.Deferred = call;
            return;
        }

        var tenant = caller.Tenant;
        var command = call.Command with { Caller = tenant.Container };
        var settledPs = services.SettledPs(command);
        if (settledPs > NowPs)
        {
            // What it would get was another's, and the NIC has not been told yet.
            caller.Deferred = call;
            Island.Schedule(
                settledPs, Me, DeferredCall.Instance, caller.Context.Owner,
                caller.Context.Number);
            return;
        }

        var donePs = services.Call(caller, core, command, out var decision, out var value);
        Send(
            call.Context.Owner,
            new ArrakisProtocol.Returned(
                call.Context.Number, decision.Refusal, decision.Handle, value),
            donePs);
    }

    private void ServeDeferred()
    {
        if (tenants.ByDomain(Island.From)?.Find((int)Word) is not { } caller
            || caller.Deferred is not { } call)
        {
            return;
        }

        caller.Deferred = null;
        Serve(caller, call, caller.CalledPs);
    }

    private void TakeDoorbell(long word)
    {
        var number = (int)CoreProtocol.KernelInterrupt.EventOf(word);
        if (services.ContextOf(number) is { } context)
            scheduler.RingDoorbell(context, CoreProtocol.KernelInterrupt.CoreOf(word));
    }
}
