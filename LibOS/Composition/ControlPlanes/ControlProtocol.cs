using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Network;

namespace Disguise.LibOS.Composition.ControlPlanes;

/// <summary>What a tenant's actor and a <see cref="ControlPlane"/> say to each other.</summary>
public static class ControlProtocol
{
    /// <summary>
    /// A tenant asks for all that it needs. Goes on by <see cref="Launched"/>. When the actor that
    /// asks stops, all of it is taken back.
    /// </summary>
    /// <param name="Tenant">The actor that asks.</param>
    /// <param name="Plan">For which tenant of the machine's plan.</param>
    /// <param name="Counters">What its network stack counts.</param>
    public sealed record Launch(IslandActorRef Tenant, TenantPlan Plan, PacketCounters Counters)
        : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Of(
            Digest.OfText(Plan.Address), Plan.Mac.Value, Plan.Ip.Value);
    }

    /// <summary>The answer.</summary>
    /// <param name="Grant">Null where it was refused.</param>
    public sealed record Launched(Grant? Grant) : CrossingMessage(CrossingKind.SystemCallReturn)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Grant is null
            ? 0 : Digest.Of((ulong)Grant.Core.Number + 1, (ulong)Grant.Function);
    }

    /// <summary>The tenant's virtual function is gone.</summary>
    public sealed record Revoked() : CrossingMessage(CrossingKind.Upcall)
    {
        /// <summary>The only instance.</summary>
        public static Revoked Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => 0;
    }

    /// <summary>The operator takes a tenant's network; the word is its number.</summary>
    internal sealed record Revoke() : CrossingMessage(CrossingKind.Operator), IWordMessage
    {
        public static Revoke Instance { get; } = new();

        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }
}
