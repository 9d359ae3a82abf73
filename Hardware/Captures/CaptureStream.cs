using System.Buffers.Binary;

namespace Disguise.Hardware.Captures;

/// <summary>Reads from a capture file and knows where in it one stands.</summary>
internal sealed class CaptureStream(Stream stream)
{
    private const int SkipBytes = 64 * 1_024;

    /// <summary>Bytes read so far.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether numbers are big-endian; set once the file's magic was seen.</summary>
    public bool IsBigEndian { get; set; }

    /// <summary>Fills the bytes; false if the file ends before the first of them.</summary>
    /// <param name="bytes">To be filled.</param>
    /// <param name="startOffset">Where the record starts that they are part of.</param>
    /// <param name="what">What the bytes are part of.</param>
    public bool TryFill(Span<byte> bytes, long startOffset, string what)
    {
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        Offset += read;
        if (read == bytes.Length)
        {
            return true;
        }

        return read == 0
            ? false
            : throw new CaptureFormatException(startOffset, $"the file ends inside {what}");
    }

    /// <summary>Fills the bytes, which must be there.</summary>
    public void Fill(Span<byte> bytes, long startOffset, string what)
    {
        if (bytes.Length > 0 && !TryFill(bytes, startOffset, what))
        {
            throw new CaptureFormatException(startOffset, $"the file ends inside {what}");
        }
    }

    /// <summary>Passes over bytes, which must be there.</summary>
    public void Skip(int lengthBytes, long startOffset, string what)
    {
        var buffer = new byte[Math.Min(lengthBytes, SkipBytes)];
        while (lengthBytes > 0)
        {
            var part = Math.Min(lengthBytes, buffer.Length);
            Fill(buffer.AsSpan(0, part), startOffset, what);
            lengthBytes -= part;
        }
    }

    /// <summary>A number in the file's byte order.</summary>
    public ushort ToUInt16(ReadOnlySpan<byte> bytes) => IsBigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes)
        : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    /// <summary>A number in the file's byte order.</summary>
    public uint ToUInt32(ReadOnlySpan<byte> bytes) => IsBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>A number in the file's byte order.</summary>
    public long ToInt64(ReadOnlySpan<byte> bytes) => IsBigEndian
        ? BinaryPrimitives.ReadInt64BigEndian(bytes)
        : BinaryPrimitives.ReadInt64LittleEndian(bytes);
}
