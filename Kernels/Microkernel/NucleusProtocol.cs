using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Microkernel.Domains;
using Disguise.Kernels.Microkernel.Ipc;

namespace Disguise.Kernels.Microkernel;

/// <summary>
/// What the threads of protection domains and the microkernel say to each other, and the orders
/// of the machine's operator. A thread enters the kernel by a system call; it leaves it with a
/// message from another domain, which is one IPC, or with the result of its call. The word is the
/// number of the thread in its domain.
/// </summary>
public static class NucleusProtocol
{
    /// <summary>
    /// A thread of the sending domain wants to run; which threads a domain may have was said when
    /// it was made. Goes on by <see cref="Started"/>.
    /// </summary>
    public sealed record StartThread(CpuContext Context, ThreadRegisters Registers)
        : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)Context.Number;
    }

    /// <summary>
    /// A thread traps into the kernel with its registers. Made once for each thread. What the
    /// registers hold is read when the message is taken, not when it is sent: the thread must
    /// wait for its answer.
    /// </summary>
    public sealed record Trap(ThreadRegisters Registers)
        : CrossingMessage(CrossingKind.SystemCall), IWordMessage
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Mix((ulong)word, Registers.DigestOfCall());
    }

    /// <summary>
    /// A thread's access was refused by the MMU: the processor enters the kernel, which has the
    /// thread call its pager; the registers hold that message. Made once for each thread.
    /// </summary>
    public sealed record PageFault(ThreadRegisters Registers)
        : CrossingMessage(CrossingKind.Exception), IWordMessage
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Mix((ulong)word, Registers.DigestOfCall());
    }

    /// <summary>Upcall: a thread has its core for the first time.</summary>
    public sealed record Started() : CrossingMessage(CrossingKind.Upcall), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static Started Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>A message from another domain, or from the kernel, is in the registers.</summary>
    public sealed record Delivered(ThreadRegisters Registers)
        : CrossingMessage(CrossingKind.Ipc), IWordMessage
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Mix((ulong)word, Registers.DigestOfReturn());
    }

    /// <summary>The result of the thread's call is in the registers.</summary>
    public sealed record Returned(ThreadRegisters Registers)
        : CrossingMessage(CrossingKind.SystemCallReturn), IWordMessage
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Mix((ulong)word, Registers.DigestOfReturn());
    }

    /// <summary>
    /// The operator makes a domain. Answered by <see cref="Created"/> or <see cref="Refused"/>.
    /// </summary>
    public sealed record CreateDomain(DomainRequest Request)
        : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Request.Digest;
    }

    /// <summary>The domain exists; it may start the threads that it was made with.</summary>
    public sealed record Created(int Domain, BootInformation Boot)
        : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Mix((ulong)Domain, Boot.Digest);
    }

    /// <summary>The domain cannot be made.</summary>
    public sealed record Refused(string Reason) : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.OfText(Reason);
    }

    /// <summary>The domain's actor has started; it calls from now on.</summary>
    public sealed record DomainStarted(int Domain, IslandActorRef Actor)
        : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of((ulong)Domain, (ulong)Actor.Ordinal);
    }

    /// <summary>
    /// The domain has crashed or ended: everything it has is freed. Answered by
    /// <see cref="Ended"/>.
    /// </summary>
    public sealed record DomainEnded(int Domain) : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)Domain;
    }

    /// <summary>Everything that an ended domain had is free again.</summary>
    public sealed record Ended() : CrossingMessage(CrossingKind.Operator)
    {
        /// <summary>The only instance.</summary>
        public static Ended Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => 0;
    }

    /// <summary>The operator ends a domain; sent to its supervisor.</summary>
    public sealed record Stop() : CrossingMessage(CrossingKind.Operator)
    {
        /// <summary>The only instance.</summary>
        public static Stop Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => 0;
    }

    /// <summary>
    /// The operator takes a domain's network away by force: the capability by which it reaches
    /// its server is revoked.
    /// </summary>
    public sealed record RevokeNetwork(string Address) : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.OfText(Address);
    }

    /// <summary>A trap of the instant in which its thread lost the core; the word is the thread.
    /// </summary>
    internal sealed record DeferredTrap : IInternalMessage, IWordMessage
    {
        public static DeferredTrap Instance { get; } = new();
    }

    /// <summary>A thread has waited long enough; the word is the thread and its wait.</summary>
    internal sealed record WaitExpired : IInternalMessage, IWordMessage
    {
        public static WaitExpired Instance { get; } = new();

        public static long WordOf(uint thread, int generation) =>
            ((long)thread << 32) | (uint)generation;

        public static uint ThreadOf(long word) => (uint)(word >> 32);

        public static int GenerationOf(long word) => (int)(uint)word;
    }
}
