using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Predicates;
using Disguise.Kernels.Exokernel.Revocation;

namespace Disguise.Kernels.Exokernel;

/// <summary>
/// What an environment and its Exokernel say to each other, and the orders of the machine's
/// operator. The kernel enters an environment at addresses that its library has chosen: at the
/// start and at the end of a slice, when an exception is forwarded, when another environment
/// transfers control to it (Engler et al., SOSP 1995, section 5).
/// </summary>
public static class ExokernelProtocol
{
    /// <summary>
    /// The operator starts an environment: its image has been loaded into the sending actor. Goes
    /// on by <see cref="SliceStarts"/>, or is <see cref="Refused"/>.
    /// </summary>
    public sealed record StartEnvironment(EnvironmentDescription Description, CpuContext Context)
        : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Description.Digest;
    }

    /// <summary>The environment cannot be started.</summary>
    public sealed record Refused(string Reason) : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.OfText(Reason);
    }

    /// <summary>
    /// The operator ends an environment, whatever it does at the moment; the word is the ordinal
    /// of its actor. Goes on by <see cref="Ended"/>; nothing happens where it has ended.
    /// </summary>
    public sealed record EndEnvironment() : CrossingMessage(CrossingKind.Operator), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static EndEnvironment Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>The environment has ended, and the kernel has taken back everything it had.
    /// </summary>
    public sealed record Ended() : CrossingMessage(CrossingKind.Operator)
    {
        /// <summary>The only instance.</summary>
        public static Ended Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => 0;
    }

    /// <summary>
    /// A call. Who calls is who sent it; the caller keeps its core meanwhile. Answered by
    /// <see cref="Returned"/>.
    /// </summary>
    public sealed record Call(KernelCall Request) : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Request.Digest;
    }

    /// <summary>Answer to a call.</summary>
    public sealed record Returned(CallResult Result)
        : CrossingMessage(CrossingKind.SystemCallReturn)
    {
        private static readonly Returned Done = new(default(CallResult));

        /// <summary>The answer with a result; the one that says nothing is always the same.
        /// </summary>
        public static Returned With(CallResult result) =>
            result == default ? Done : new Returned(result);

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of((ulong)Result.Refusal, (ulong)Result.Value, (ulong)Result.Second);
    }

    /// <summary>
    /// An access of an environment that the MMU refused, as the processor enters the kernel. An
    /// environment uses one such message for all of them; goes on by
    /// <see cref="ExceptionForwarded"/>.
    /// </summary>
    public sealed record PageFaultException() : CrossingMessage(CrossingKind.Exception)
    {
        /// <summary>What the MMU says.</summary>
        public PageFault Fault { get; set; }

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of(Fault.VirtualAddress, (ulong)Fault.Access, (ulong)Fault.Reason);
    }

    /// <summary>
    /// An instruction of an environment that raises an exception which is no page fault; the word
    /// is its <see cref="ProgramExceptionKind"/>. Goes on by <see cref="ExceptionForwarded"/>.
    /// </summary>
    public sealed record ProgramException() : CrossingMessage(CrossingKind.Exception), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static ProgramException Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>Upcall into the exception context, for the exception just taken.</summary>
    public sealed record ExceptionForwarded() : CrossingMessage(CrossingKind.Upcall)
    {
        /// <summary>The only instance.</summary>
        public static ExceptionForwarded Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => 0;
    }

    /// <summary>
    /// The environment sleeps until an interrupt of a device that is bound to it; it has saved its
    /// context. Returns at once if one came since it last slept. Goes on by
    /// <see cref="SliceStarts"/>.
    /// </summary>
    public sealed record Sleep() : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <summary>The only instance.</summary>
        public static Sleep Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => 0;
    }

    /// <summary>
    /// The environment sleeps until a product of a predicate over memory holds, a device that is
    /// bound to it interrupts, or a time; it has saved its context. Goes on by
    /// <see cref="SliceStarts"/>, or is <see cref="Returned"/> at once with what is wrong.
    /// </summary>
    public sealed record SleepFor(WakeupPredicate Predicate, long UntilPs)
        : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of(Predicate.ContentDigest, (ulong)UntilPs);
    }

    /// <summary>
    /// The environment enters the one that the word names, with what is in the registers, and
    /// gives it the rest of its slice: where it is synchronous also its later ones, until it comes
    /// back by <see cref="Came"/>. <see cref="Returned"/> where it is refused.
    /// </summary>
    public sealed record Transfer(TransferRegisters Registers, bool IsSynchronous)
        : CrossingMessage(CrossingKind.SystemCall), IWordMessage
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Of(
            Registers.ContentDigest, (ulong)word, IsSynchronous ? 1UL : 0);
    }

    /// <summary>
    /// Who was entered goes back to the one that the word names and gives it the slice.
    /// </summary>
    public sealed record TransferBack(TransferRegisters Registers)
        : CrossingMessage(CrossingKind.SystemCall), IWordMessage
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of(Registers.ContentDigest, (ulong)word);
    }

    /// <summary>
    /// Upcall into the protected entry; the word is the number of the environment that enters.
    /// </summary>
    public sealed record Entered(TransferRegisters Registers)
        : CrossingMessage(CrossingKind.Upcall), IWordMessage
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of(Registers.ContentDigest, (ulong)word);
    }

    /// <summary>A synchronous transfer has come back.</summary>
    public sealed record Came(TransferRegisters Registers)
        : CrossingMessage(CrossingKind.SystemCallReturn), IWordMessage
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of(Registers.ContentDigest, (ulong)word);
    }

    /// <summary>
    /// The environment gives the rest of its slice to the environment that the word names by its
    /// number, or to whoever is next where it is -1. Goes on by <see cref="SliceStarts"/>.
    /// </summary>
    public sealed record Yield() : CrossingMessage(CrossingKind.SystemCall), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static Yield Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>
    /// After <see cref="SliceEnds"/>: the library has saved the context and leaves the core.
    /// </summary>
    public sealed record Saved() : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <summary>The only instance.</summary>
        public static Saved Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => 0;
    }

    /// <summary>The environment ends itself. Goes on by <see cref="Ended"/>.</summary>
    public sealed record Exit() : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <summary>The only instance.</summary>
        public static Exit Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => 0;
    }

    /// <summary>
    /// Upcall into the interrupt context: a slice starts; the word is the environment's number,
    /// and in the upper half the tag of the product that has woken it.
    /// </summary>
    public sealed record SliceStarts() : CrossingMessage(CrossingKind.Upcall), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static SliceStarts Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>
    /// Upcall into the interrupt context: the slice is over. The library saves its context and
    /// says <see cref="Saved"/>; each tick that it takes to do so is counted against it.
    /// </summary>
    public sealed record SliceEnds() : CrossingMessage(CrossingKind.Upcall), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static SliceEnds Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>
    /// Upcall: something is asked back, by its physical name, until a time; what is imperative is
    /// taken by force then. Answered by <see cref="GiveBack"/>.
    /// </summary>
    public sealed record ReturnRequested(
        RevocableResource Resource, long Name, long DeadlinePs, bool IsImperative)
        : CrossingMessage(CrossingKind.Upcall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Of(
            (ulong)Resource, (ulong)Name, (ulong)DeadlinePs, IsImperative ? 1UL : 0);
    }

    /// <summary>The environment gives back what it was asked for. Not answered.</summary>
    public sealed record GiveBack(RevocableResource Resource, long Name)
        : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of((ulong)Resource, (ulong)Name);
    }

    /// <summary>
    /// Repossession exception: something was taken by force (Engler et al., SOSP 1995, section
    /// 3.5).
    /// </summary>
    public sealed record Repossessed(RevocableResource Resource, long Name)
        : CrossingMessage(CrossingKind.Upcall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of((ulong)Resource, (ulong)Name);
    }

    /// <summary>The operator takes something back.</summary>
    public sealed record Revoke(RevocationOrder Order) : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Of(
            Digest.OfText(Order.Target), Digest.OfText(Order.Resource),
            (ulong)(Order.DeadlinePs ?? -1), ((ulong)Order.Amount << 1) | (Order.Asks ? 1UL : 0));
    }

    /// <summary>
    /// A frame of the shared card has been copied to whom it is for; the word is the card's queue.
    /// </summary>
    internal sealed record FrameCopied : IInternalMessage, IWordMessage
    {
        public static FrameCopied Instance { get; } = new();
    }

    /// <summary>
    /// The environments have had as much of a core as the frames of the shared card; the word is
    /// the card's queue.
    /// </summary>
    internal sealed record ReceiveGoesOn : IInternalMessage, IWordMessage
    {
        public static ReceiveGoesOn Instance { get; } = new();
    }

    /// <summary>
    /// The rate of an environment lets its next packet go; the word is the environment's number.
    /// </summary>
    internal sealed record TransmitDue : IInternalMessage, IWordMessage
    {
        public static TransmitDue Instance { get; } = new();
    }

    /// <summary>The time of a request has come; the word is the environment and the resource.
    /// </summary>
    internal sealed record RevocationDue : IInternalMessage, IWordMessage
    {
        public static RevocationDue Instance { get; } = new();
    }

    /// <summary>
    /// A call whose caller lost its core in the instant in which it trapped; the word is the
    /// environment's number.
    /// </summary>
    internal sealed record DeferredCall : IInternalMessage, IWordMessage
    {
        public static DeferredCall Instance { get; } = new();
    }

    /// <summary>
    /// The bound of a critical section has come; the word is the environment's number.
    /// </summary>
    internal sealed record SectionDue : IInternalMessage, IWordMessage
    {
        public static SectionDue Instance { get; } = new();
    }

    /// <summary>A word of memory was written that somebody sleeps for.</summary>
    internal sealed record WordWritten : IInternalMessage, IWordMessage
    {
        public static WordWritten Instance { get; } = new();
    }
}
