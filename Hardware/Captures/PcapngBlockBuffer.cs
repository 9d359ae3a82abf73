using System.Buffers.Binary;
using System.Text;

namespace Disguise.Hardware.Captures;

/// <summary>
/// Collects whole pcapng blocks in little-endian order until they are handed to a stream. It grows
/// to the longest block and no further.
/// </summary>
internal sealed class PcapngBlockBuffer
{
    private const int InitialBytes = 64 * 1_024;

    private byte[] bytes = new byte[InitialBytes];
    private int blockStart;
    private int length;

    /// <summary>Whole blocks that have not been taken.</summary>
    public ReadOnlySpan<byte> Blocks => bytes.AsSpan(0, blockStart);

    /// <summary>Whether a block of this length fits without handing the others on first.</summary>
    public bool Fits(int blockBytes) => blockBytes <= bytes.Length - blockStart;

    /// <summary>Forgets the whole blocks, which have been taken.</summary>
    public void Clear() => (blockStart, length) = (0, 0);

    /// <summary>Starts a block for which there is room, or makes room for it.</summary>
    public void Begin(uint type, int blockBytes)
    {
        if (!Fits(blockBytes))
        {
            Array.Resize(ref bytes, blockStart + blockBytes);
        }

        length = blockStart;
        Write(type);
        Write(0u);
    }

    /// <summary>Ends the block: its length is written at both ends.</summary>
    public void End()
    {
        var blockBytes = (uint)(length - blockStart + sizeof(uint));
        Write(blockBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes.AsSpan(blockStart + sizeof(uint)), blockBytes);
        blockStart = length;
    }

    public void Write(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(length), value);
        length += sizeof(ushort);
    }

    public void Write(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(length), value);
        length += sizeof(uint);
    }

    public void Write(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(length), value);
        length += sizeof(ulong);
    }

    /// <summary>Writes bytes and their padding.</summary>
    public void Write(ReadOnlySpan<byte> content)
    {
        content.CopyTo(bytes.AsSpan(length));
        Pad(content.Length);
    }

    public void WriteOption(ushort code, byte value)
    {
        Write(code);
        Write((ushort)sizeof(byte));
        Write([value]);
    }

    public void WriteOption(ushort code, uint value)
    {
        Write(code);
        Write((ushort)sizeof(uint));
        Write(value);
    }

    public void WriteOption(ushort code, ulong value)
    {
        Write(code);
        Write((ushort)sizeof(ulong));
        Write(value);
    }

    public void WriteOption(ushort code, ReadOnlySpan<char> text)
    {
        Write(code);
        var textBytes = Encoding.UTF8.GetBytes(text, bytes.AsSpan(length + sizeof(ushort)));
        Write((ushort)textBytes);
        Pad(textBytes);
    }

    public void EndOptions() => Write((uint)PcapngFormat.EndOfOptions);

    private void Pad(int contentBytes)
    {
        var aligned = PcapngFormat.Align(contentBytes);
        bytes.AsSpan(length + contentBytes, aligned - contentBytes).Clear();
        length += aligned;
    }
}
