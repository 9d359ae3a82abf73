using System.Collections.Immutable;
using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;

namespace Disguise.Kernels.Exokernel;

/// <summary>
/// What an environment and its Exokernel say to each other when frames are asked back. The
/// environment chooses which (Engler et al., SOSP 1995, section 3.4).
/// </summary>
public static class MemoryProtocol
{
    /// <summary>
    /// Upcall: so many frames are asked back until a time; what is missing of an imperative request
    /// is taken by force then. Answered by <see cref="ReturnFrames"/>, all at once or in parts.
    /// </summary>
    public sealed record FramesRequested(int Amount, long DeadlinePs, bool IsImperative)
        : CrossingMessage(CrossingKind.Upcall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of((ulong)Amount, (ulong)DeadlinePs, IsImperative ? 1UL : 0);
    }

    /// <summary>
    /// The environment has pages withdrawn whose frames it is going to give back, so that it can
    /// save what is in them. Answered by <see cref="Withdrawn"/>.
    /// </summary>
    public sealed record WithdrawPages(ImmutableArray<long> Pages)
        : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Pages.Aggregate(
            (ulong)Pages.Length, (digest, page) => Digest.Of(digest, (ulong)page));
    }

    /// <summary>The pages lead nowhere any more.</summary>
    public sealed record Withdrawn() : CrossingMessage(CrossingKind.SystemCallReturn)
    {
        /// <summary>The only instance.</summary>
        public static Withdrawn Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => 0;
    }

    /// <summary>
    /// The environment gives frames back, all or none. Not answered but when it is refused, by
    /// <see cref="ReturnRefused"/>.
    /// </summary>
    public sealed record ReturnFrames(ImmutableArray<long> Frames)
        : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Frames.Aggregate(
            (ulong)Frames.Length, (digest, frame) => Digest.Of(digest, (ulong)frame));
    }

    /// <summary>The kernel has not taken what was given back, and why.</summary>
    public sealed record ReturnRefused(ExokernelRefusal Reason)
        : CrossingMessage(CrossingKind.SystemCallReturn)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)Reason;
    }

    /// <summary>
    /// Repossession exception: frames were taken by force. So many entries are in the repossession
    /// vector, to be read by <see cref="Environments.MemoryCall.ReadRepossession"/>, and so many
    /// more were taken ever for which there was no room.
    /// </summary>
    public sealed record FramesTaken(int Entries, long LostCount)
        : CrossingMessage(CrossingKind.Upcall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of((ulong)Entries, (ulong)LostCount);
    }

    /// <summary>
    /// Emergency exception: the kernel needs so many of the frames that it has guaranteed. The
    /// environment may submit itself to the swap server, page by page, by
    /// <see cref="Environments.MemoryCall.SubmitPage"/>; nothing is taken if it does not.
    /// </summary>
    public sealed record Emergency(int Amount, long DeadlinePs)
        : CrossingMessage(CrossingKind.Upcall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of((ulong)Amount, (ulong)DeadlinePs);
    }
}
