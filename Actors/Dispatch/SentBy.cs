using Akka.Actor;

namespace Disguise.Actors.Dispatch;

/// <summary>
/// A scheduled message with a sender that its identity does not tell: no actor of the island, or
/// none although an actor's identity is given. Taken apart before delivery.
/// </summary>
internal sealed class SentBy(object message, IActorRef? sender)
{
    public object Message => message;

    public IActorRef? Sender => sender;
}
