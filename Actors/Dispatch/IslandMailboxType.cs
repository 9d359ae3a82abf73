using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Disguise.Actors.Dispatch;

/// <summary>Gives every actor of an island its lock-free queue.</summary>
public sealed class IslandMailboxType(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<IslandMessageQueue>
{
    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) =>
        owner is IslandActorRef actor
            ? new IslandMessageQueue(actor)
            : throw new InvalidOperationException(
                $"{owner.Path} was not made by its island; use Island.Spawn");
}
