using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis;

/// <summary>What the kernel knows of a container beyond its control plane: who it runs.</summary>
internal sealed class Tenant(
    string address, ContainerId container, AddressSpace space, int affinity)
{
    private readonly List<Card> cards = new(1);

    public string Address { get; } = address;

    public ContainerId Container { get; } = container;

    public AddressSpace Space { get; } = space;

    /// <summary>The core of its contexts, or any.</summary>
    public int Affinity { get; } = affinity;

    /// <summary>Ordinal of its protection domain's actor; -1 before it has started.</summary>
    public int DomainOrdinal { get; set; } = -1;

    public List<CpuContext> Contexts { get; } = new(1);

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
            }
        }
    }

    public Card? TakeCard()
    {
        if (cards.Count == 0)
            return null;
        var card = cards[^1];
        cards.RemoveAt(cards.Count - 1);
        return card;
    }

    public readonly record struct Card(int Number, Handle Handle);
}
