using Akka.Actor;

namespace Disguise.Actors.Dispatch;

/// <summary>How trace and hash name a sender.</summary>
public static class IslandActorRefs
{
    /// <summary>Nobody: a message without a sender.</summary>
    public const int Nobody = -1;

    /// <summary>Base of the identities of input ports; actors have their ordinals.</summary>
    public const int PortBase = 1 << 28;

    /// <summary>The ordinal of an island's actor, or <see cref="Nobody"/>.</summary>
    public static int IdentityOf(IActorRef? sender) =>
        sender is IslandActorRef actor ? actor.Ordinal : Nobody;
}
