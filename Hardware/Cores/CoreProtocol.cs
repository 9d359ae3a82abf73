using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;

namespace Disguise.Hardware.Cores;

/// <summary>What reaches a core and what a core sends on.</summary>
public static class CoreProtocol
{
    private static readonly CrossingKind MessageSignaled =
        CrossingKind.Define("msi-x", CrossingClass.Device);

    private static readonly CrossingKind Scheduling = CrossingKind.Define("timer-interrupt");

    /// <summary>A device's memory write that signals an interrupt; the word is the vector.
    /// </summary>
    public sealed record MessageSignaledInterrupt() : CrossingMessage(MessageSignaled), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static MessageSignaledInterrupt Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>
    /// An interrupt enters the domain of the context that halts on the core, without the kernel;
    /// the word is the event's number.
    /// </summary>
    public sealed record VirtualInterrupt() : CrossingMessage(CrossingKind.Interrupt), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static VirtualInterrupt Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>
    /// An interrupt enters the kernel on a core; the word is the core's number and the event.
    /// </summary>
    public sealed record KernelInterrupt() : CrossingMessage(CrossingKind.Interrupt), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static KernelInterrupt Instance { get; } = new();

        /// <summary>The core that took the interrupt.</summary>
        public static int CoreOf(long word) => (int)(word >> 40);

        /// <summary>The number of the event.</summary>
        public static long EventOf(long word) => word & 0xFF_FFFF_FFFF;

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;

        internal static long WordOf(int core, long number) => ((long)core << 40) | number;
    }

    /// <summary>The core's timer enters the kernel; the word is the core's number.</summary>
    public sealed record TimerInterrupt() : CrossingMessage(Scheduling), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static TimerInterrupt Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>The core's own timer runs out; the word is its generation.</summary>
    internal sealed record TimerExpired : IInternalMessage, IWordMessage
    {
        public static TimerExpired Instance { get; } = new();
    }
}
