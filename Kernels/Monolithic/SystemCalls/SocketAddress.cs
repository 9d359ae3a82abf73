using System.Buffers.Binary;
using Disguise.Hardware.Wire;

namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary>
/// <c>struct sockaddr_in</c> in a process' memory: family in 2 bytes, then port and address in
/// network order, and 8 bytes that mean nothing.
/// </summary>
/// <param name="Ip">The IPv4 address.</param>
/// <param name="Port">The port.</param>
public readonly record struct SocketAddress(Ipv4Address Ip, ushort Port)
{
    /// <summary>Bytes of it.</summary>
    public const int LengthBytes = 16;

    /// <summary>AF_INET.</summary>
    public const ushort InternetFamily = 2;

    /// <summary>Reads one; false where the family is another.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SocketAddress address)
    {
        address = new SocketAddress(
            new Ipv4Address(BinaryPrimitives.ReadUInt32BigEndian(bytes[4..])),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes) == InternetFamily;
    }

    /// <summary>Writes it.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, InternetFamily);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], Port);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], Ip.Value);
        bytes[8..LengthBytes].Clear();
    }
}
