using System.Buffers.Binary;

namespace Disguise.Hardware.Nic.Descriptors;

/// <summary>
/// What software writes into a receive ring: 16 bytes, little-endian, advanced read format (82599
/// datasheet section 7.1.6.1).
/// </summary>
/// <param name="BufferAddress">Where the frame is to go, in the function's address space.</param>
public readonly record struct ReceiveDescriptor(ulong BufferAddress)
{
    /// <summary>Bytes of a descriptor.</summary>
    public const int LengthBytes = 16;

    /// <summary>Reads 16 bytes.</summary>
    public static ReceiveDescriptor Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(bytes));

    /// <summary>Writes 16 bytes; the status bits that software polls become 0.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, BufferAddress);
    }
}
