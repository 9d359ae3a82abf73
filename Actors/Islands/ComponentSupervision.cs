using Akka.Actor;

namespace Disguise.Actors.Islands;

/// <summary>
/// Supervision mirrors containment: a crashed actor is a crashed component. Every strategy here
/// escalates what is not a <see cref="ComponentFailureException"/>, since that is a bug of ours,
/// and none counts failures within a time range, since Akka would measure it by the wall clock.
/// </summary>
public static class ComponentSupervision
{
    /// <summary>Stops a crashed component; its siblings go on.</summary>
    public static SupervisorStrategy Strategy { get; } = Each(Directive.Stop);

    /// <summary>Stops, restarts or resumes the component that crashed.</summary>
    public static SupervisorStrategy Each(Directive onFailure) =>
        new OneForOneStrategy(cause => IsComponentFailure(cause) ? onFailure : Directive.Escalate);

    /// <summary>Stops, restarts or resumes all children when one crashed.</summary>
    public static SupervisorStrategy All(Directive onFailure) =>
        new AllForOneStrategy(cause => IsComponentFailure(cause) ? onFailure : Directive.Escalate);

    /// <summary>
    /// Whether a failure belongs to the emulated world; one in a constructor or at a start or
    /// restart is wrapped by Akka.
    /// </summary>
    public static bool IsComponentFailure(Exception cause) => cause switch
    {
        ComponentFailureException => true,
        ActorInitializationException { InnerException: { } inner } => IsComponentFailure(inner),
        TypeLoadException { InnerException: { } inner } => IsComponentFailure(inner),
        _ => false,
    };
}
