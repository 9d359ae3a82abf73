using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.SystemCalls;

namespace Disguise.Kernels.Monolithic;

/// <summary>
/// What a process and a monolithic kernel say to each other, and orders of the machine's operator.
/// A system call gets exactly one <see cref="SystemCallReturn"/>; the kernel works on the caller's
/// core, or puts the caller to sleep.
/// </summary>
public static class MonolithicProtocol
{
    /// <summary>
    /// The operator starts a process: its image has been loaded into the sending actor. Goes on by
    /// <see cref="Started"/> or <see cref="Refused"/>.
    /// </summary>
    public sealed record StartProcess(ProcessDescription Description, CpuContext Context)
        : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Of(
            Digest.OfText(Description.Address), Description.Mac.Value, Description.Ip.Value,
            (ulong)Description.Pages);
    }

    /// <summary>The process cannot be started.</summary>
    public sealed record Refused(string Reason) : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.OfText(Reason);
    }

    /// <summary>
    /// The operator ends a process, whatever it does at the moment (SIGKILL); the word is the
    /// ordinal of its actor. Goes on by <see cref="Ended"/>; nothing happens where it has ended.
    /// </summary>
    public sealed record EndProcess() : CrossingMessage(CrossingKind.Operator), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static EndProcess Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>The process has ended, and the kernel has taken back everything it had.</summary>
    public sealed record Ended() : CrossingMessage(CrossingKind.Operator)
    {
        /// <summary>The only instance.</summary>
        public static Ended Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => 0;
    }

    /// <summary>
    /// A process runs for the first time, with its address space in force: its program begins. The
    /// word is the first page of its memory.
    /// </summary>
    public sealed record Started() : CrossingMessage(CrossingKind.Upcall), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static Started Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>
    /// A system call: number and arguments as the registers of the calling context hold them
    /// (System V ABI for x86-64, appendix A.2). A context uses one such message for all its calls.
    /// </summary>
    /// <param name="Context">The context that traps.</param>
    public sealed record SystemCall(CpuContext Context) : CrossingMessage(CrossingKind.SystemCall)
    {
        /// <summary>RAX.</summary>
        public SystemCallNumber Number { get; set; }

        /// <summary>RDI: mostly a descriptor.</summary>
        public long Argument0 { get; set; }

        /// <summary>RSI.</summary>
        public long Argument1 { get; set; }

        /// <summary>RDX.</summary>
        public long Argument2 { get; set; }

        /// <summary>R10.</summary>
        public long Argument3 { get; set; }

        /// <summary>R8.</summary>
        public long Argument4 { get; set; }

        /// <summary>With <c>fork</c>: what the child is to be.</summary>
        public ForkedProcess? Child { get; set; }

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Mix(
            Digest.Of((ulong)Number, (ulong)Argument0, (ulong)Argument1, (ulong)Argument2),
            Digest.Of((ulong)Argument3, (ulong)Argument4));
    }

    /// <summary>
    /// The return to user mode; the word is the result, or an <see cref="ErrorNumber"/> negated.
    /// </summary>
    public sealed record SystemCallReturn()
        : CrossingMessage(CrossingKind.SystemCallReturn), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static SystemCallReturn Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>
    /// An access of a process that the MMU refused. A context uses one such message for all of
    /// them; it goes on by <see cref="FaultReturn"/> or <see cref="Signal"/>.
    /// </summary>
    /// <param name="Context">The context that faulted.</param>
    public sealed record PageFaultException(CpuContext Context)
        : CrossingMessage(CrossingKind.Exception)
    {
        /// <summary>What the MMU says.</summary>
        public PageFault Fault { get; set; }

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of(Fault.VirtualAddress, (ulong)Fault.Access, (ulong)Fault.Reason);
    }

    /// <summary>
    /// An instruction of a process that raises an exception which is no page fault; the word is
    /// its <see cref="ProgramExceptionKind"/>. Goes on by <see cref="Signal"/> where the process
    /// handles its signal, and by <see cref="FaultReturn"/> where it does not.
    /// </summary>
    /// <param name="Context">The context that faulted.</param>
    public sealed record ProgramException(CpuContext Context)
        : CrossingMessage(CrossingKind.Exception), IWordMessage
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>The return from an exception; the word is a <see cref="FaultVerdict"/>.
    /// </summary>
    public sealed record FaultReturn() : CrossingMessage(CrossingKind.ExceptionReturn), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static FaultReturn Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>The return from an exception is into the process' handler of signals.</summary>
    public sealed record Signal() : CrossingMessage(CrossingKind.Upcall), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static Signal Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>
    /// The operator takes a process' network away by force: its sockets and its namespace's
    /// address.
    /// </summary>
    public sealed record RevokeNetwork(string Address) : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.OfText(Address);
    }

    /// <summary>A task goes on in the kernel at its own clock; the word is task and generation.
    /// </summary>
    internal sealed record TaskStep : IInternalMessage, IWordMessage
    {
        public static TaskStep Instance { get; } = new();
    }

    /// <summary>A core's soft interrupt goes on; the word is the core.</summary>
    internal sealed record SoftirqStep : IInternalMessage, IWordMessage
    {
        public static SoftirqStep Instance { get; } = new();
    }

    /// <summary>A core chooses whom to run; the word is the core.</summary>
    internal sealed record Reschedule : IInternalMessage, IWordMessage
    {
        public static Reschedule Instance { get; } = new();
    }

    /// <summary>The pages that a fault waits for have come; the word is task and call.</summary>
    internal sealed record PagesTransferred : IInternalMessage, IWordMessage
    {
        public static PagesTransferred Instance { get; } = new();
    }

    /// <summary>A call has waited as long as it wanted to; the word is task and call.</summary>
    internal sealed record WaitExpired : IInternalMessage, IWordMessage
    {
        public static WaitExpired Instance { get; } = new();
    }
}
