using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>Where the fields of an ICMP message stand (RFC 792; next-hop MTU: RFC 1191).</summary>
internal static class IcmpLayout
{
    public const int Type = 0;
    public const int Code = 1;
    public const int Checksum = 2;
    public const int Identifier = 4;
    public const int SequenceNumber = 6;
}

/// <summary>An ICMP message in place.</summary>
public readonly ref struct IcmpView
{
    private readonly ReadOnlySpan<byte> message;

    private IcmpView(ReadOnlySpan<byte> message) => this.message = message;

    /// <summary>Kind of message; any value can arrive.</summary>
    public IcmpType Type => (IcmpType)message[IcmpLayout.Type];

    /// <summary>Kind within the type.</summary>
    public byte Code => message[IcmpLayout.Code];

    /// <summary>Checksum as it arrived.</summary>
    public ushort Checksum => ReadWord(IcmpLayout.Checksum);

    /// <summary>Identifier of an echo.</summary>
    public ushort Identifier => ReadWord(IcmpLayout.Identifier);

    /// <summary>Sequence number of an echo; next-hop MTU where fragmentation is needed.</summary>
    public ushort SequenceNumber => ReadWord(IcmpLayout.SequenceNumber);

    /// <summary>What follows the 8 bytes of header.</summary>
    public ReadOnlySpan<byte> Payload => message[IcmpHeader.LengthBytes..];

    /// <summary>Whether the checksum over the whole message is right.</summary>
    public bool IsChecksumValid => InternetChecksum.IsValid(message);

    /// <summary>Checks that the header is there.</summary>
    public static bool TryParse(ReadOnlySpan<byte> message, out IcmpView view, out WireError error)
    {
        var isThere = message.Length >= IcmpHeader.LengthBytes;
        view = isThere ? new IcmpView(message) : default;
        error = isThere ? WireError.None : WireError.IcmpTooShort;
        return isThere;
    }

    private ushort ReadWord(int offset) => BinaryPrimitives.ReadUInt16BigEndian(message[offset..]);
}
