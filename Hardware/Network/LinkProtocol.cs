using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;

namespace Disguise.Hardware.Network;

/// <summary>What an operator or an injection may tell a link.</summary>
public static class LinkProtocol
{
    /// <summary>
    /// Takes the link down until a time. What is handed to it meanwhile is dropped; what is on
    /// the wire already arrives. A time that has passed takes it up again.
    /// </summary>
    /// <param name="UntilPs">Virtual time at which the link is up again.</param>
    public sealed record SetDown(long UntilPs) : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)UntilPs;
    }
}
