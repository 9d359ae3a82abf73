using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>A UDP header as a value (RFC 768).</summary>
/// <param name="SourcePort">Source port; zero if no answer is wanted.</param>
/// <param name="DestinationPort">Destination port.</param>
/// <param name="PayloadLengthBytes">Bytes behind the header, at most 65,527.</param>
public readonly record struct UdpHeader(
    ushort SourcePort, ushort DestinationPort, int PayloadLengthBytes)
{
    /// <summary>Bytes of the header.</summary>
    public const int LengthBytes = 8;

    /// <summary>Longest payload that the length field can announce.</summary>
    public const int MaximumPayloadBytes = ushort.MaxValue - LengthBytes;

    /// <summary>
    /// Reads the header of a datagram between two addresses; verifies its checksum.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<byte> datagram,
        Ipv4Address source,
        Ipv4Address destination,
        out UdpHeader header,
        out WireError error)
    {
        header = default;
        if (!UdpView.TryParse(datagram, out var view, out error))
        {
            return false;
        }

        if (!view.IsChecksumValid(source, destination))
        {
            error = WireError.UdpChecksum;
            return false;
        }

        header = From(view);
        return true;
    }

    /// <summary>The header that a view shows, its checksum unseen.</summary>
    public static UdpHeader From(UdpView view) =>
        new(view.SourcePort, view.DestinationPort, view.Payload.Length);

    /// <summary>
    /// Writes the header without a checksum (zero) and returns its length. Who sends it leaves the
    /// checksum to the device, or away.
    /// </summary>
    /// <exception cref="InvalidOperationException">The payload fits no datagram.</exception>
    public int Emit(Span<byte> datagram)
    {
        if ((uint)PayloadLengthBytes > MaximumPayloadBytes)
        {
            throw new InvalidOperationException($"no UDP payload has {PayloadLengthBytes} B");
        }

        WriteWord(datagram, UdpLayout.SourcePort, SourcePort);
        WriteWord(datagram, UdpLayout.DestinationPort, DestinationPort);
        WriteWord(datagram, UdpLayout.Length, (ushort)(LengthBytes + PayloadLengthBytes));
        WriteWord(datagram, UdpLayout.Checksum, 0);
        return LengthBytes;
    }

    /// <summary>
    /// Writes the header with the checksum over pseudo header, header and the payload, which is in
    /// place, and returns the header's length.
    /// </summary>
    /// <exception cref="InvalidOperationException">The payload fits no datagram.</exception>
    public int Emit(Span<byte> datagram, Ipv4Address source, Ipv4Address destination)
    {
        var length = Emit(datagram);
        WriteChecksum(datagram[..(LengthBytes + PayloadLengthBytes)], source, destination);
        return length;
    }

    /// <summary>Ports and size.</summary>
    public override string ToString() =>
        $"udp {SourcePort} > {DestinationPort} payload {PayloadLengthBytes} B";

    /// <summary>Computes the checksum of a datagram, whatever stood in its field.</summary>
    internal static void WriteChecksum(
        Span<byte> datagram, Ipv4Address source, Ipv4Address destination)
    {
        WriteWord(datagram, UdpLayout.Checksum, 0);
        var checksum = InternetChecksum.Complement(InternetChecksum.Combine(
            InternetChecksum.SumPseudoHeader(source, destination, IpProtocol.Udp, datagram.Length),
            InternetChecksum.Sum(datagram)));

        // RFC 768: a computed zero is sent as all ones, because zero means "none".
        WriteWord(datagram, UdpLayout.Checksum, checksum == 0 ? ushort.MaxValue : checksum);
    }

    private static void WriteWord(Span<byte> datagram, int offset, ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(datagram[offset..], value);
}
