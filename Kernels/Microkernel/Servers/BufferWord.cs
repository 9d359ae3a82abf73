using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// One word of a message between driver and network server: a packet's descriptor. Bits 0 to 15
/// are the buffer or a count, 16 to 31 the offset, 32 to 47 the length, 48 to 54 what is known of
/// checksums, 55 whether they are to be filled in, 56 to 63 the kind.
/// </summary>
internal readonly record struct BufferWord(ulong Value)
{
    private const int NeedsChecksums = 0x80;

    /// <summary>What it says.</summary>
    public BufferWordKind Kind => (BufferWordKind)(Value >> 56);

    /// <summary>The buffer's number, or a count.</summary>
    public ushort Buffer => (ushort)Value;

    /// <summary>The packet.</summary>
    public Packet Packet => new(
        Buffer, (ushort)(Value >> 16), (ushort)(Value >> 32),
        (ChecksumStatus)((Value >> 48) & (NeedsChecksums - 1)),
        ((Value >> 48) & NeedsChecksums) != 0);

    /// <summary>Whether the packet lies within its buffer.</summary>
    public bool IsInBuffer =>
        (ushort)(Value >> 16) + (ushort)(Value >> 32) <= QueueLayout.BufferBytes;

    /// <summary>A word about a buffer or a count.</summary>
    public static BufferWord Of(BufferWordKind kind, int buffer) =>
        new((uint)buffer | ((ulong)kind << 56));

    /// <summary>A word about a packet.</summary>
    public static BufferWord Of(BufferWordKind kind, in Packet packet) => new(
        packet.Buffer | ((ulong)packet.OffsetBytes << 16) | ((ulong)packet.LengthBytes << 32)
        | ((ulong)((int)packet.Checksums | (packet.NeedsChecksums ? NeedsChecksums : 0)) << 48)
        | ((ulong)kind << 56));
}
