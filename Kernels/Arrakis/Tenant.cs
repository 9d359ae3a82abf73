using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;

namespace Disguise.Kernels.Arrakis;

/// <summary>What the kernel knows of a container beyond its control plane: who it runs.</summary>
internal sealed class Tenant(
    string address, ContainerId container, AddressSpace space, CorePlacement placement)
{
    /// <summary>Most contexts of a container that have started and not ended.</summary>
    public const int ContextLimit = 64;

    private ScheduledContext[] contexts = [];

    /// <summary>Address of the container: <c>server.echo[3]</c>.</summary>
    public string Address { get; } = address;

    /// <summary>Its name in the control plane.</summary>
    public ContainerId Container { get; } = container;

    /// <summary>The address space of its protection domain.</summary>
    public AddressSpace Space { get; } = space;

    /// <summary>Where its contexts run; an own core with its number.</summary>
    public CorePlacement Placement { get; } = placement;

    /// <summary>The actor of its protection domain, from its start on.</summary>
    public IslandActorRef? Domain { get; set; }

    /// <summary>Its contexts in the order of their start.</summary>
    public IReadOnlyList<ScheduledContext> Contexts => contexts;

    /// <summary>A context starts: on the own core if that is free, else where all others run.
    /// </summary>
    public ScheduledContext Add(CpuContext context)
    {
        var affinity = Placement.Kind switch
        {
            CorePlacementKind.Pinned => Placement.Core,
            CorePlacementKind.Own when !Array.Exists(contexts, Holds) => Placement.Core,
            _ => RunQueues.AnyCore,
        };
        var scheduled = new ScheduledContext(context, this, affinity);
        contexts = [.. contexts, scheduled];
        return scheduled;
    }

    /// <summary>The record of a context, or none.</summary>
    public ScheduledContext? Find(CpuContext context)
    {
        foreach (var scheduled in contexts)
        {
            if (ReferenceEquals(scheduled.Context, context))
                return scheduled;
        }

        return null;
    }

    /// <summary>The record of the context with a number, or none.</summary>
    public ScheduledContext? Find(int number) =>
        Array.Find(contexts, scheduled => scheduled.Context.Number == number);

    /// <summary>Forgets a context that has ended.</summary>
    public void Remove(ScheduledContext context) =>
        contexts = Array.FindAll(contexts, other => !ReferenceEquals(other, context));

    private bool Holds(ScheduledContext scheduled) => scheduled.Affinity == Placement.Core;
}
