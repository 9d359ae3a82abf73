using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Dispatch;

/// <summary>Gives every actor of an island its lock-free queue.</summary>
public sealed class IslandMailboxType : MailboxType, IProducesMessageQueue<IslandMessageQueue>
{
    private readonly Island island;

    internal IslandMailboxType(Settings settings, Config config, Island island)
        : base(settings, config) => this.island = island;

    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) =>
        owner is IslandActorRef actor
            ? new IslandMessageQueue(island, actor)
            : throw new InvalidOperationException(
                $"{owner.Path} was not made by its island; use Island.Spawn");
}
