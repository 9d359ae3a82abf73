using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;

namespace Disguise.Hardware.Devices;

/// <summary>
/// Accesses to device registers of 32 bits. A write is posted: it arrives
/// <see cref="DeviceCosts.PciePostedWrite"/> after the store and has no answer. A read is answered
/// with <see cref="RegisterReadCompletion"/> to its sender.
/// </summary>
public static class MmioProtocol
{
    private static readonly CrossingKind Read =
        CrossingKind.Define("mmio-read", CrossingClass.MappedRegister);

    private static readonly CrossingKind ReadCompletion =
        CrossingKind.Define("mmio-read-completion", CrossingClass.Device);

    /// <summary>A store to a register; the word is offset in the window and value.</summary>
    public sealed record RegisterWrite() : CrossingMessage(CrossingKind.Mmio), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static RegisterWrite Instance { get; } = new();

        /// <summary>The word of a write of a value at an offset in the window, bytes.</summary>
        public static long WordOf(int offset, uint value) => ((long)offset << 32) | value;

        /// <summary>Offset in the window, bytes.</summary>
        public static int OffsetOf(long word) => (int)(word >> 32);

        /// <summary>The value written.</summary>
        public static uint ValueOf(long word) => (uint)word;

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>
    /// A load from a register; the word is offset in the window and a tag of the reader's choice.
    /// </summary>
    public sealed record RegisterRead() : CrossingMessage(Read), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static RegisterRead Instance { get; } = new();

        /// <summary>The word of a read at an offset in the window, with a tag.</summary>
        public static long WordOf(int offset, int tag) => ((long)offset << 32) | (uint)tag;

        /// <summary>Offset in the window, bytes.</summary>
        public static int OffsetOf(long word) => (int)(word >> 32);

        /// <summary>What the completion gives back.</summary>
        public static int TagOf(long word) => (int)(uint)word;

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>The answer to a read; the word is the read's tag and the value.</summary>
    public sealed record RegisterReadCompletion() : CrossingMessage(ReadCompletion), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static RegisterReadCompletion Instance { get; } = new();

        /// <summary>The word of a completion.</summary>
        public static long WordOf(int tag, uint value) => ((long)tag << 32) | value;

        /// <summary>The tag of the read.</summary>
        public static int TagOf(long word) => (int)(word >> 32);

        /// <summary>What the register held.</summary>
        public static uint ValueOf(long word) => (uint)word;

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }
}
