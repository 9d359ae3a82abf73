using System.Buffers.Binary;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>
/// The circular buffer of a pipe, one way, in memory that both ends can write (Engler, Kaashoek
/// and O'Toole, SOSP 1995, section 6.1). The ends trust each other no further than the bytes: each
/// keeps its own counter to itself, tells the other by writing it, and believes of the other's
/// only what can be. What cannot be is a broken pipe, never an access outside the buffer.
/// <code>
///   0 bytes read   4 bytes written   8 reader closed   12 writer closed   64 data
/// </code>
/// </summary>
/// <param name="memory">The shared bytes.</param>
/// <param name="offset">Where the buffer begins in them.</param>
internal sealed class CircularBuffer(IPipeMemory memory, int offset)
{
    /// <summary>Bytes that it holds, a power of two.</summary>
    public const int CapacityBytes = 1024;

    /// <summary>Bytes that it takes.</summary>
    public const int SizeBytes = DataOffset + CapacityBytes;

    private const int ReadOffset = 0;
    private const int WrittenOffset = 4;
    private const int ReaderClosedOffset = 8;
    private const int WriterClosedOffset = 12;
    private const int DataOffset = 64;

    private uint own;

    /// <summary>
    /// Writes what fits of some bytes. 0 when it is full, negative when nobody will read: the
    /// reader has closed, the memory is gone, or its counter cannot be.
    /// </summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        if (!TryLoad(ReadOffset, out var read) || !TryLoad(ReaderClosedOffset, out var closed)
            || closed != 0 || own - read > CapacityBytes)
            return -1;
        var count = (int)Math.Min((uint)bytes.Length, CapacityBytes - (own - read));
        if (count == 0)
            return 0;
        var first = Math.Min(count, CapacityBytes - PlaceOf(own));
        if (!memory.TryWrite(offset + DataOffset + PlaceOf(own), bytes[..first])
            || (count > first
                && !memory.TryWrite(offset + DataOffset, bytes[first..count]))
            || !TryStore(WrittenOffset, own + (uint)count))
            return -1;
        own += (uint)count;
        return count;
    }

    /// <summary>
    /// Reads what there is into a place. 0 when it is empty and may fill again, negative at its
    /// end: the writer has closed, the memory is gone, or its counter cannot be.
    /// </summary>
    public int Read(Span<byte> destination)
    {
        // Closed is looked at first: what was written before it counts.
        if (!TryLoad(WriterClosedOffset, out var closed)
            || !TryLoad(WrittenOffset, out var written) || written - own > CapacityBytes)
            return -1;
        var count = (int)Math.Min((uint)destination.Length, written - own);
        if (count == 0)
            return closed != 0 ? -1 : 0;
        var first = Math.Min(count, CapacityBytes - PlaceOf(own));
        if (!memory.TryRead(offset + DataOffset + PlaceOf(own), destination[..first])
            || (count > first
                && !memory.TryRead(offset + DataOffset, destination[first..count]))
            || !TryStore(ReadOffset, own + (uint)count))
            return -1;
        own += (uint)count;
        return count;
    }

    /// <summary>Says that nothing more will be written.</summary>
    public void CloseWriter() => TryStore(WriterClosedOffset, 1);

    /// <summary>Says that nothing more will be read.</summary>
    public void CloseReader() => TryStore(ReaderClosedOffset, 1);

    private static int PlaceOf(uint counter) => (int)(counter % CapacityBytes);

    private bool TryLoad(int at, out uint value)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        var isRead = memory.TryRead(offset + at, word);
        value = BinaryPrimitives.ReadUInt32LittleEndian(word);
        return isRead;
    }

    private bool TryStore(int at, uint value)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(word, value);
        return memory.TryWrite(offset + at, word);
    }
}
