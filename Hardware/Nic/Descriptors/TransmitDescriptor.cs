using System.Buffers.Binary;

namespace Disguise.Hardware.Nic.Descriptors;

/// <summary>
/// What software writes into a transmit ring for a piece of a frame: 16 bytes, little-endian,
/// advanced data descriptor (82599 datasheet section 7.2.3.2.4).
/// </summary>
/// <param name="BufferAddress">Where the bytes are, in the function's address space.</param>
/// <param name="LengthBytes">How many (DTALEN).</param>
/// <param name="Command">What to do.</param>
/// <param name="PayloadBytes">Length of the whole frame in its first descriptor (PAYLEN).</param>
/// <param name="InsertNetworkChecksum">IXSM: compute the IPv4 header checksum.</param>
/// <param name="InsertTransportChecksum">
/// TXSM: compute the checksum of UDP or TCP, pseudo-header included; what stands there is ignored.
/// </param>
/// <param name="Context">IDX: which of the queue's two contexts, 0 or 1.</param>
/// <param name="ChecksContext">CC: the context says where the headers are and which.</param>
public readonly record struct TransmitDescriptor(
    ulong BufferAddress,
    ushort LengthBytes,
    TransmitCommand Command,
    uint PayloadBytes = 0,
    bool InsertNetworkChecksum = false,
    bool InsertTransportChecksum = false,
    byte Context = 0,
    bool ChecksContext = false)
{
    /// <summary>DTYP of a data descriptor.</summary>
    public const uint DataType = 3;

    /// <summary>DTYP of a context descriptor.</summary>
    public const uint ContextType = 2;

    /// <summary>Offset of the status, 4 bytes; bit 0 (DD) is set by the device.</summary>
    public const int StatusOffset = 12;

    /// <summary>DD: the device is done with the descriptor.</summary>
    public const uint DescriptorDone = 1;

    private const uint ExtendedBit = (uint)TransmitCommand.Extended << 24;

    /// <summary>
    /// DTYP of 16 bytes in the advanced format, or null for the legacy format.
    /// </summary>
    public static uint? TypeOf(ReadOnlySpan<byte> bytes)
    {
        var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        return (word & ExtendedBit) == 0 ? null : (word >> 20) & 0xF;
    }

    /// <summary>Reads 16 bytes.</summary>
    public static TransmitDescriptor Read(ReadOnlySpan<byte> bytes)
    {
        var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        var options = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        return new TransmitDescriptor(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            (ushort)word,
            (TransmitCommand)(word >> 24),
            options >> 14,
            (options & (1 << 8)) != 0,
            (options & (1 << 9)) != 0,
            (byte)((options >> 4) & 7),
            (options & (1 << 7)) != 0);
    }

    /// <summary>Writes 16 bytes; the advanced format's bit is always set.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, BufferAddress);
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes[8..],
            LengthBytes | (DataType << 20) | ((uint)Command << 24) | ExtendedBit);
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes[12..],
            (PayloadBytes << 14) | (InsertNetworkChecksum ? 1u << 8 : 0)
            | (InsertTransportChecksum ? 1u << 9 : 0) | ((Context & 7u) << 4)
            | (ChecksContext ? 1u << 7 : 0));
    }
}
