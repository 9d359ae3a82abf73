using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>Where the fields of a UDP header stand (RFC 768).</summary>
internal static class UdpLayout
{
    public const int SourcePort = 0;
    public const int DestinationPort = 2;
    public const int Length = 4;
    public const int Checksum = 6;
}

/// <summary>A UDP datagram in place.</summary>
public readonly ref struct UdpView
{
    private readonly ReadOnlySpan<byte> datagram;

    private UdpView(ReadOnlySpan<byte> datagram) => this.datagram = datagram;

    /// <summary>Source port; zero if the sender wants no answer.</summary>
    public ushort SourcePort => ReadWord(UdpLayout.SourcePort);

    /// <summary>Destination port.</summary>
    public ushort DestinationPort => ReadWord(UdpLayout.DestinationPort);

    /// <summary>Bytes of header and payload.</summary>
    public int LengthBytes => ReadWord(UdpLayout.Length);

    /// <summary>Checksum as it arrived; zero says that the sender computed none.</summary>
    public ushort Checksum => ReadWord(UdpLayout.Checksum);

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => datagram[UdpHeader.LengthBytes..];

    /// <summary>
    /// Checks lengths. Bytes of the IP payload beyond the UDP length are ignored.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out UdpView view, out WireError error)
    {
        view = new UdpView(bytes);
        if (bytes.Length < UdpHeader.LengthBytes)
        {
            error = WireError.UdpTooShort;
        }
        else if (view.LengthBytes < UdpHeader.LengthBytes)
        {
            error = WireError.UdpLength;
        }
        else if (view.LengthBytes > bytes.Length)
        {
            error = WireError.UdpTruncated;
        }
        else
        {
            view = new UdpView(bytes[..view.LengthBytes]);
            error = WireError.None;
            return true;
        }

        view = default;
        return false;
    }

    /// <summary>Whether the checksum is right, or was not computed by the sender.</summary>
    public bool IsChecksumValid(Ipv4Address source, Ipv4Address destination) =>
        Checksum == 0 || InternetChecksum.IsValid(InternetChecksum.Combine(
            InternetChecksum.SumPseudoHeader(
                source, destination, IpProtocol.Udp, datagram.Length),
            InternetChecksum.Sum(datagram)));

    private ushort ReadWord(int offset) => BinaryPrimitives.ReadUInt16BigEndian(datagram[offset..]);
}
