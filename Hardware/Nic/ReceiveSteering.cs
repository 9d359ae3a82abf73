using System.Buffers.Binary;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Nic;

/// <summary>
/// Receive-side scaling: the Toeplitz hash with the key that its authors verify it with, over
/// addresses and ports (Microsoft RSS specification; 82599 datasheet section 7.1.2.8).
/// </summary>
public static class ReceiveSteering
{
    /// <summary>RSS type of a hash over IPv4 addresses.</summary>
    public const byte TypeIpv4 = 2;

    /// <summary>RSS type of a hash over IPv4 addresses and TCP ports.</summary>
    public const byte TypeTcp = 1;

    /// <summary>RSS type of a hash over IPv4 addresses and UDP ports.</summary>
    public const byte TypeUdp = 7;

    private static readonly byte[] Key =
    [
        0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67,
        0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0, 0xd0, 0xca, 0x2b, 0xcb,
        0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30,
        0xf2, 0x0c, 0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa,
    ];

    /// <summary>The hash of a frame and its type; type 0 and hash 0 for what is not IPv4.
    /// </summary>
    public static uint Hash(in FrameFields fields, out byte type)
    {
        type = 0;
        if (!fields.HasIpv4)
            return 0;
        Span<byte> input = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(input, fields.Source.Value);
        BinaryPrimitives.WriteUInt32BigEndian(input[4..], fields.Destination.Value);
        type = TypeIpv4;
        if (!fields.HasPorts)
            return Hash(input[..8]);
        BinaryPrimitives.WriteUInt16BigEndian(input[8..], fields.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(input[10..], fields.DestinationPort);
        type = fields.Protocol == IpProtocol.Tcp ? TypeTcp : TypeUdp;
        return Hash(input);
    }

    /// <summary>The Toeplitz hash of at most 36 bytes.</summary>
    public static uint Hash(ReadOnlySpan<byte> input)
    {
        var window = BinaryPrimitives.ReadUInt32BigEndian(Key);
        var hash = 0u;
        for (var index = 0; index < input.Length; index++)
        {
            var next = Key[index + 4];
            for (var bit = 7; bit >= 0; bit--)
            {
                if (((input[index] >> bit) & 1) != 0)
                    hash ^= window;
                window = (window << 1) | (uint)((next >> bit) & 1);
            }
        }

        return hash;
    }
}
