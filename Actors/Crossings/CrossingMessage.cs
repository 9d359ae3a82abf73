using Disguise.Actors.Islands;

namespace Disguise.Actors.Crossings;

/// <summary>
/// A message that crosses from one protection domain or device into another. Every delivery of
/// one is in the trace and in the run hash.
/// </summary>
/// <param name="Kind">The kind of crossing.</param>
public abstract record CrossingMessage(CrossingKind Kind)
{
    /// <summary>
    /// Digest of what crosses: every byte that the receiver can see.
    /// <paramref name="word"/> travels with the message.
    /// </summary>
    public abstract ulong ContentDigest(Island island, long word);
}
