using Akka.Actor;

namespace Disguise.Actors.Islands;

/// <summary>Supervision mirrors containment: a crashed actor is a crashed component.</summary>
public static class ComponentSupervision
{
    /// <summary>Stops a crashed component; escalates a bug of ours.</summary>
    public static SupervisorStrategy Strategy { get; } = new OneForOneStrategy(
        cause => Decide(cause));

    private static Directive Decide(Exception cause) => cause is ComponentFailureException
        ? Directive.Stop
        : Directive.Escalate;
}
