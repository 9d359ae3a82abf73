using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Dispatch;

/// <summary>
/// Reference to an actor of an island. It knows its island and its creation ordinal, the number
/// by which mailboxes that are ready within one instant are ordered and by which the run hash
/// names the actor.
/// </summary>
public sealed class IslandActorRef : LocalActorRef
{
    internal IslandActorRef(
        Island island, int ordinal, ActorSystemImpl system, Props props, MailboxType mailboxType,
        IInternalActorRef supervisor, ActorPath path)
        : base(system, props, island.Dispatcher, mailboxType, supervisor, path)
    {
        Island = island;
        Ordinal = ordinal;
    }

    /// <summary>The island on which the actor lives.</summary>
    public Island Island { get; }

    /// <summary>Creation ordinal within the island, from 0.</summary>
    public int Ordinal { get; }

    /// <summary>
    /// Told of each delivery to this actor when set. Counts where the dispatcher delivers.
    /// </summary>
    public IDeliveryObserver? DeliveryObserver { get; set; }
}
