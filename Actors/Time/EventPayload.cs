using Akka.Actor;
using Disguise.Actors.Dispatch;

namespace Disguise.Actors.Time;

/// <summary>What an event delivers.</summary>
/// <param name="Target">The receiving actor.</param>
/// <param name="Message">An immutable message; often one object made once per sender.</param>
/// <param name="Sender">The sending actor, or none.</param>
/// <param name="Word">
/// The word that travels with the message: a register's value, a frame's handle.
/// </param>
/// <param name="From">Identity of the sender in trace and hash: an ordinal or a wire.</param>
public readonly record struct EventPayload(
    IslandActorRef Target, object Message, IActorRef? Sender, long Word, int From);
