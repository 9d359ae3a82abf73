namespace Disguise.Actors.Islands;

/// <summary>A bug of ours: an invariant broke while an island ran. Ends the run.</summary>
public sealed class BrokenInvariantException : Exception
{
    /// <summary>Tells what broke, with the exception that showed it.</summary>
    public BrokenInvariantException(Exception cause)
        : base(cause.Message, cause)
    {
    }

    internal BrokenInvariantException(string where, Exception cause)
        : base($"{where}: {cause.Message}", cause)
    {
    }
}
