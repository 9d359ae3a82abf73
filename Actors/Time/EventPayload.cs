namespace Disguise.Actors.Time;

/// <summary>
/// What an event delivers, in 24 bytes with one reference: actors are named by ordinal, so that
/// a heap of many events stays small and moving one costs one write barrier.
/// </summary>
/// <param name="Message">An immutable message; often one object made once per sender.</param>
/// <param name="Word">
/// The word that travels with the message: a register's value, a frame's handle.
/// </param>
/// <param name="Target">Ordinal of the receiving actor in its island.</param>
/// <param name="From">Identity of the sender in trace and hash: an ordinal or a wire.</param>
public readonly record struct EventPayload(object Message, long Word, int Target, int From);
