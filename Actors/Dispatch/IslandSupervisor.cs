using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Dispatch;

/// <summary>
/// Stands above an island's root in place of a guardian, which would schedule on foreign threads.
/// Answers supervision on the island's thread: a failure that reaches it is a broken invariant
/// and ends the run.
/// </summary>
internal sealed class IslandSupervisor(Island island, ActorPath path, IActorRefProvider provider)
    : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IActorRefProvider Provider => provider;

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Failed failed:
                island.Break(failed.Child, failed.Cause);
                break;
            case DeathWatchNotification or Supervise or Watch or Unwatch:
                break;
            default:
                throw new InvalidOperationException($"unexpected {message} above an island");
        }
    }

    protected override void TellInternal(object message, IActorRef sender) =>
        island.Undelivered(message, 0, UndeliveredReason.AboveRoot);
}
