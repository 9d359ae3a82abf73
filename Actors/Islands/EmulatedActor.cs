using Akka.Actor;
using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;

namespace Disguise.Actors.Islands;

/// <summary>
/// Base of every actor of an island. An unknown message is a broken invariant. A child's
/// <see cref="ComponentFailureException"/> is a crashed component and stops it; anything else
/// escalates and ends the run. A subclass may override <c>SupervisorStrategy</c> with another of
/// <see cref="ComponentSupervision"/>.
/// </summary>
public abstract class EmulatedActor : UntypedActor
{
    /// <summary>Takes the island from the actor's context.</summary>
    protected EmulatedActor() => Me = (IslandActorRef)Context.Self;

    /// <summary>This actor's reference.</summary>
    public IslandActorRef Me { get; }

    /// <summary>The island on which this actor lives.</summary>
    public Island Island => Me.Island;

    /// <summary>Virtual time of the message being handled.</summary>
    protected long NowPs => Me.Island.NowPs;

    /// <summary>The word that travels with the message being handled.</summary>
    protected long Word => Me.Island.Word;

    /// <inheritdoc/>
    public sealed override void AroundPreStart()
    {
        Island.RecordLifecycle(LifecycleKind.Started, Me.Ordinal, Me.Ordinal);
        base.AroundPreStart();
    }

    /// <inheritdoc/>
    public sealed override void AroundPreRestart(Exception cause, object message)
    {
        Island.RecordLifecycle(LifecycleKind.Restarting, Me.Ordinal, Me.Ordinal);
        try
        {
            base.AroundPreRestart(cause, message);
        }
        catch (Exception failure)
        {
            Island.BreakUnlessComponent(Me, failure);
            throw;
        }
    }

    /// <inheritdoc/>
    public sealed override void AroundPostRestart(Exception cause, object message)
    {
        Island.RecordLifecycle(LifecycleKind.Restarted, Me.Ordinal, Me.Ordinal);
        base.AroundPostRestart(cause, message);
    }

    /// <inheritdoc/>
    public sealed override void AroundPostStop()
    {
        try
        {
            base.AroundPostStop();
        }
        catch (Exception failure)
        {
            Island.BreakUnlessComponent(Me, failure);
            throw;
        }
    }

    /// <summary>Makes a child.</summary>
    protected IslandActorRef Spawn<TActor>(string name, Func<TActor> make)
        where TActor : EmulatedActor =>
        Island.Spawn(Context, ActorProps.Of(make), name);

    /// <summary>Sends from this actor, now or later; the word travels with the message.</summary>
    protected void Send(IslandActorRef to, object message, long atPs, long word = 0) =>
        Island.Schedule(atPs, to, message, Me, word);

    /// <inheritdoc/>
    protected override void Unhandled(object message) =>
        throw new InvalidOperationException(
            $"{Self.Path.ToStringWithoutAddress()} does not know {message.GetType().Name}");

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => ComponentSupervision.Strategy;
}
