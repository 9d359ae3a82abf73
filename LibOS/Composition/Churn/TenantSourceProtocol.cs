using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;

namespace Disguise.LibOS.Composition.Churn;

/// <summary>What the operator tells a source of tenants.</summary>
public static class TenantSourceProtocol
{
    /// <summary>Begins at a virtual time to come.</summary>
    public sealed record Start(long AtPs) : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)AtPs;
    }
}
