using System.Buffers.Binary;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Nic.Descriptors;

/// <summary>
/// What the device writes over a receive descriptor: 16 bytes, little-endian, advanced write-back
/// format (82599 datasheet section 7.1.6.2).
/// </summary>
/// <param name="Status">Status and errors.</param>
/// <param name="LengthBytes">Bytes in this descriptor's buffer.</param>
/// <param name="VlanTag">Tag control information where the frame has a tag.</param>
/// <param name="PacketType">Headers found.</param>
/// <param name="RssType">How the hash was computed: 0 not, 1 TCP/IPv4, 2 IPv4, 7 UDP/IPv4.</param>
/// <param name="RssHash">The Toeplitz hash.</param>
public readonly record struct ReceiveWriteBack(
    ReceiveStatus Status,
    ushort LengthBytes,
    ushort VlanTag = 0,
    PacketType PacketType = PacketType.None,
    byte RssType = 0,
    uint RssHash = 0)
{
    /// <summary>Offset of status and errors, 4 bytes, in the descriptor.</summary>
    public const int StatusOffset = 8;

    /// <summary>Offset of the length, 2 bytes, in the descriptor.</summary>
    public const int LengthOffset = 12;

    /// <summary>What is said of checksums that were looked at.</summary>
    public static ReceiveStatus StatusOf(ChecksumStatus checksums)
    {
        var status = ReceiveStatus.None;
        if ((checksums & ChecksumStatus.NetworkChecked) != 0)
            status |= ReceiveStatus.NetworkChecksum;
        if ((checksums & ChecksumStatus.NetworkError) != 0)
            status |= ReceiveStatus.NetworkError;
        if ((checksums & ChecksumStatus.TransportChecked) != 0)
            status |= ReceiveStatus.TransportChecksum;
        if ((checksums & ChecksumStatus.TransportError) != 0)
            status |= ReceiveStatus.TransportError;
        return status;
    }

    /// <summary>Reads 16 bytes.</summary>
    public static ReceiveWriteBack Read(ReadOnlySpan<byte> bytes)
    {
        var information = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return new ReceiveWriteBack(
            (ReceiveStatus)BinaryPrimitives.ReadUInt32LittleEndian(bytes[StatusOffset..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[LengthOffset..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[14..]),
            (PacketType)((information >> 4) & 0x1FFF),
            (byte)(information & 0xF),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
    }

    /// <summary>Writes 16 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[14..], VlanTag);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[LengthOffset..], LengthBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[StatusOffset..], (uint)Status);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], RssHash);
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes, (RssType & 0xFu) | ((uint)PacketType << 4));
    }
}
