using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis;

/// <summary>
/// What a protection domain and its Arrakis kernel say to each other. A control call gets exactly
/// one <see cref="Returned"/>; the caller keeps its core meanwhile and the kernel works on it.
/// Data never passes here (Arrakis, TOCS 2015, section 3.3).
/// </summary>
public static class ArrakisProtocol
{
    /// <summary>
    /// A context of the sending domain wants to run. Goes on by <see cref="Dispatched"/>.
    /// </summary>
    public sealed record StartContext(CpuContext Context) : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)Context.Number;
    }

    /// <summary>
    /// A control-plane call. Who calls is who sent it; the caller in the command is not believed.
    /// Answered by <see cref="Returned"/>.
    /// </summary>
    public sealed record ControlCall(CpuContext Context, Command Command)
        : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Mix((ulong)Context.Number, CommandDigest.Of(Command));
    }

    /// <summary>
    /// Answer to a control call: why it was refused, or the handle that it grants and one value:
    /// for a card a <see cref="CardValue"/>, for a doorbell a <see cref="DoorbellValue"/>, else 0.
    /// Memory is mapped from page <see cref="AddressSpaces.DomainLayout.FirstFreePage"/> on.
    /// </summary>
    public sealed record Returned(int Context, RefusalReason Refusal, Handle Handle, long Value)
        : CrossingMessage(CrossingKind.SystemCallReturn)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Of(
            (ulong)Context, (ulong)Refusal, Handle.Value, (ulong)Value);
    }

    /// <summary>
    /// Gives the core up until a doorbell of the domain rings; returns at once if one has rung
    /// since the last such call. Goes on by <see cref="Dispatched"/>.
    /// </summary>
    public sealed record WaitForDoorbell(CpuContext Context)
        : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)Context.Number;
    }

    /// <summary>Gives the core up to the next ready context. Goes on by <see cref="Dispatched"/>.
    /// </summary>
    public sealed record Yield(CpuContext Context) : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)Context.Number;
    }

    /// <summary>A context has ended. Not answered.</summary>
    public sealed record Exit(CpuContext Context) : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)Context.Number;
    }

    /// <summary>
    /// Upcall: a context has a core, with the domain's address space in force; the word is the
    /// context's number.
    /// </summary>
    public sealed record Dispatched() : CrossingMessage(CrossingKind.Upcall), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static Dispatched Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>Upcall: a card was taken by force; the word is its handle.</summary>
    public sealed record CardRevoked() : CrossingMessage(CrossingKind.Upcall), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static CardRevoked Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }
}
