using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;

namespace Disguise.Kernels.Arrakis.Containers;

/// <summary>
/// What an application container and its kernel say to each other when it starts and ends; orders
/// of the machine's operator.
/// </summary>
public static class ContainerProtocol
{
    /// <summary>
    /// The operator starts a container. Answered by <see cref="Created"/> or
    /// <see cref="Refused"/>.
    /// </summary>
    public sealed record Request(
        string Address, ulong Mac, uint Ip, long MemoryLimitPages, CorePlacement Placement)
        : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Of(
            Digest.OfText(Address), Mac, Ip, (ulong)MemoryLimitPages,
            ((ulong)Placement.Kind << 32) | (uint)Placement.Core);
    }

    /// <summary>The container exists, with one protection domain.</summary>
    public sealed record Created(ContainerId Container, ulong DomainHandle, bool OwnsItsCore)
        : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Of(
            (ulong)Container.Slot, (ulong)Container.Generation, DomainHandle,
            OwnsItsCore ? 1UL : 0UL);
    }

    /// <summary>The container cannot be made.</summary>
    public sealed record Refused(string Reason) : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.OfText(Reason);
    }

    /// <summary>The container's protection domain has started; its actor calls from now on.
    /// </summary>
    public sealed record DomainStarted(ContainerId Container, IslandActorRef Domain)
        : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Of(
            (ulong)Container.Slot, (ulong)Container.Generation, (ulong)Domain.Ordinal);
    }

    /// <summary>The operator ends a container; sent to the container.</summary>
    public sealed record Stop() : CrossingMessage(CrossingKind.Operator)
    {
        /// <summary>The only instance.</summary>
        public static Stop Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => 0;
    }

    /// <summary>
    /// The container's protection domain has crashed or ended; everything it has is freed.
    /// Answered by <see cref="Freed"/>.
    /// </summary>
    public sealed record DomainCrashed(ContainerId Container)
        : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Of(
            (ulong)Container.Slot, (ulong)Container.Generation);
    }

    /// <summary>The kernel has taken back everything that the container had.</summary>
    public sealed record Freed() : CrossingMessage(CrossingKind.Operator)
    {
        /// <summary>The only instance.</summary>
        public static Freed Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => 0;
    }

    /// <summary>
    /// The operator takes a container's network away by force: its cards are deleted (Arrakis
    /// revokes by deleting the virtual device).
    /// </summary>
    public sealed record RevokeNetwork(string Address) : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.OfText(Address);
    }
}
