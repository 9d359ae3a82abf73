using System.Buffers.Binary;

namespace Disguise.Hardware.Nic.Descriptors;

/// <summary>
/// Offload parameters for the frames that follow: 16 bytes, little-endian, advanced context
/// descriptor (82599 datasheet section 7.2.3.2.3).
/// </summary>
/// <param name="Index">Which of the queue's two contexts, 0 or 1.</param>
/// <param name="MacHeaderBytes">MACLEN: 14, or 18 with a tag in the bytes.</param>
/// <param name="NetworkHeaderBytes">IPLEN.</param>
/// <param name="VlanTag">Tag control information for VLE.</param>
/// <param name="IsIpv4">TUCMD.IPV4.</param>
/// <param name="IsTcp">TUCMD.L4T: TCP; otherwise UDP.</param>
public readonly record struct TransmitContext(
    byte Index,
    byte MacHeaderBytes,
    ushort NetworkHeaderBytes,
    ushort VlanTag = 0,
    bool IsIpv4 = true,
    bool IsTcp = false)
{
    private const uint Ipv4Bit = 1 << 10;
    private const uint TcpBits = 1 << 11;
    private const uint ExtendedBit = (uint)TransmitCommand.Extended << 24;

    /// <summary>Reads 16 bytes.</summary>
    public static TransmitContext Read(ReadOnlySpan<byte> bytes)
    {
        var lengths = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        var index = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        return new TransmitContext(
            (byte)((index >> 4) & 7),
            (byte)((lengths >> 9) & 0x7F),
            (ushort)(lengths & 0x1FF),
            (ushort)(lengths >> 16),
            (word & Ipv4Bit) != 0,
            (word & (3 << 11)) == TcpBits);
    }

    /// <summary>Writes 16 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes,
            (NetworkHeaderBytes & 0x1FFu) | ((MacHeaderBytes & 0x7Fu) << 9)
            | ((uint)VlanTag << 16));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes[8..],
            (IsIpv4 ? Ipv4Bit : 0) | (IsTcp ? TcpBits : 0)
            | (TransmitDescriptor.ContextType << 20) | ExtendedBit);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], (Index & 7u) << 4);
    }
}
