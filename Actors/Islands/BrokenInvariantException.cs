namespace Disguise.Actors.Islands;

/// <summary>A bug of ours: an invariant broke while an island ran. Ends the run.</summary>
public sealed class BrokenInvariantException(Exception cause)
    : Exception(cause.Message, cause);
