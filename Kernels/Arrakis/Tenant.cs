using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis;

/// <summary>What the kernel knows of a container beyond its control plane: who it runs.</summary>
internal sealed class Tenant(
    string address, ContainerId container, AddressSpace space, CorePlacement placement)
{
    private readonly List<Card> cards = new(1);
    private readonly List<ScheduledContext> contexts = new(1);

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

    /// <summary>Its contexts, those that ended too, in the order of their start.</summary>
    public IReadOnlyList<ScheduledContext> Contexts => contexts;

    /// <summary>A context starts: on the own core if that is free, else where all others run.
    /// </summary>
    public ScheduledContext Add(CpuContext context)
    {
        var affinity = Placement.Kind switch
        {
            CorePlacementKind.Pinned => Placement.Core,
            CorePlacementKind.Own when !contexts.Exists(Holds) => Placement.Core,
            _ => RunQueues.AnyCore,
        };
        var scheduled = new ScheduledContext(context, this, affinity);
        contexts.Add(scheduled);
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
        contexts.Find(scheduled => scheduled.Context.Number == number);

    /// <summary>Forgets a context that has ended.</summary>
    public void Remove(ScheduledContext context) => contexts.Remove(context);

    /// <summary>Remembers cards that a decision made and forgets those that it deleted.</summary>
    public void NoteCards(Decision decision)
    {
        foreach (var happened in decision.Events)
        {
            switch (happened)
            {
                case ControlEvent.CardCreated created:
                    cards.Add(new Card(created.Card, decision.Handle));
                    break;
                case ControlEvent.CardDeleted deleted:
                    cards.RemoveAll(card => card.Number == deleted.Card);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Takes the card that was made last; false when there is none.</summary>
    public bool TryTakeCard(out Card card)
    {
        card = cards.Count == 0 ? default : cards[^1];
        if (cards.Count == 0)
            return false;
        cards.RemoveAt(cards.Count - 1);
        return true;
    }

    private bool Holds(ScheduledContext scheduled) => scheduled.Affinity == Placement.Core;

    /// <summary>A card: its number in the control plane, and the container's handle of it.
    /// </summary>
    public readonly record struct Card(int Number, Handle Handle);
}
