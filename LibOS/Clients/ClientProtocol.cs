using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;

namespace Disguise.LibOS.Clients;

/// <summary>What the operator tells clients.</summary>
public static class ClientProtocol
{
    /// <summary>Begins to send; what is measured lies in an interval of virtual time.</summary>
    /// <param name="MeasureFromPs">First moment that counts.</param>
    /// <param name="MeasureUntilPs">First moment that does not count any more.</param>
    public sealed record Start(long MeasureFromPs, long MeasureUntilPs)
        : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of((ulong)MeasureFromPs, (ulong)MeasureUntilPs);
    }

    /// <summary>Sends no further request; replies and losses are still counted.</summary>
    public sealed record Stop() : CrossingMessage(CrossingKind.Operator)
    {
        /// <summary>The only instance.</summary>
        public static Stop Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => 0;
    }
}
