using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>An ICMP header as a value (RFC 792).</summary>
/// <param name="Type">Kind of message.</param>
/// <param name="Code">Kind within the type.</param>
/// <param name="Identifier">Identifier of an echo; otherwise zero.</param>
/// <param name="SequenceNumber">
/// Sequence number of an echo; next-hop MTU in bytes where fragmentation is needed (RFC 1191).
/// </param>
public readonly record struct IcmpHeader(
    IcmpType Type, byte Code, ushort Identifier, ushort SequenceNumber)
{
    /// <summary>Bytes of the header.</summary>
    public const int LengthBytes = 8;

    /// <summary>A request to send the payload back.</summary>
    public static IcmpHeader EchoRequest(ushort identifier, ushort sequenceNumber) =>
        new(IcmpType.EchoRequest, 0, identifier, sequenceNumber);

    /// <summary>The answer to such a request.</summary>
    public static IcmpHeader EchoReply(ushort identifier, ushort sequenceNumber) =>
        new(IcmpType.EchoReply, 0, identifier, sequenceNumber);

    /// <summary>
    /// A datagram could not be delivered; the payload is its header and 8 bytes more.
    /// </summary>
    public static IcmpHeader DestinationUnreachable(
        IcmpUnreachableCode code, ushort nextHopMtuBytes = 0) =>
        new(IcmpType.DestinationUnreachable, (byte)code, 0, nextHopMtuBytes);

    /// <summary>Reads the header of a message; verifies type, code and checksum.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> message, out IcmpHeader header, out WireError error)
    {
        header = default;
        if (!IcmpView.TryParse(message, out var view, out error))
        {
            return false;
        }

        error = Check(view);
        if (error != WireError.None)
        {
            return false;
        }

        header = From(view);
        return true;
    }

    /// <summary>The header that a view shows, its checksum unseen.</summary>
    public static IcmpHeader From(IcmpView view) =>
        new(view.Type, view.Code, view.Identifier, view.SequenceNumber);

    /// <summary>
    /// Writes the header with the checksum over the whole message, whose payload is in place, and
    /// returns the header's length.
    /// </summary>
    public int Emit(Span<byte> message)
    {
        message[IcmpLayout.Type] = (byte)Type;
        message[IcmpLayout.Code] = Code;
        WriteWord(message, IcmpLayout.Checksum, 0);
        WriteWord(message, IcmpLayout.Identifier, Identifier);
        WriteWord(message, IcmpLayout.SequenceNumber, SequenceNumber);
        WriteWord(message, IcmpLayout.Checksum, InternetChecksum.Compute(message));
        return LengthBytes;
    }

    /// <summary>Type, and what it means.</summary>
    public override string ToString() => Type == IcmpType.DestinationUnreachable
        ? $"icmp destination unreachable: {(IcmpUnreachableCode)Code}"
        : $"icmp {Type} identifier {Identifier} sequence {SequenceNumber}";

    private static WireError Check(IcmpView view)
    {
        // The checksum comes first: what it does not cover cannot be believed to be a type.
        if (!view.IsChecksumValid)
        {
            return WireError.IcmpChecksum;
        }

        return view.Type switch
        {
            IcmpType.EchoReply or IcmpType.EchoRequest =>
                view.Code == 0 ? WireError.None : WireError.IcmpCode,
            IcmpType.DestinationUnreachable =>
                view.Code <= (byte)IcmpUnreachableCode.PrecedenceCutoff
                    ? WireError.None : WireError.IcmpCode,
            _ => WireError.IcmpType,
        };
    }

    private static void WriteWord(Span<byte> message, int offset, ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(message[offset..], value);
}
