using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>Where the fields of a TCP header stand (RFC 9293 section 3.1).</summary>
internal static class TcpLayout
{
    public const int SourcePort = 0;
    public const int DestinationPort = 2;
    public const int DataOffset = 12;
    public const int Checksum = 16;
    public const int WordBytes = 4;
}

/// <summary>
/// As much of a TCP segment in place as filters, steering and checksum offload need.
/// </summary>
public readonly ref struct TcpView
{
    /// <summary>Bytes of a header without options.</summary>
    public const int LeastHeaderLengthBytes = 20;

    private readonly ReadOnlySpan<byte> segment;

    private TcpView(ReadOnlySpan<byte> segment) => this.segment = segment;

    /// <summary>Source port.</summary>
    public ushort SourcePort => ReadWord(TcpLayout.SourcePort);

    /// <summary>Destination port.</summary>
    public ushort DestinationPort => ReadWord(TcpLayout.DestinationPort);

    /// <summary>Bytes of header with options: 20 to 60.</summary>
    public int HeaderLengthBytes => (segment[TcpLayout.DataOffset] >> 4) * TcpLayout.WordBytes;

    /// <summary>Checksum as it arrived.</summary>
    public ushort Checksum => ReadWord(TcpLayout.Checksum);

    /// <summary>What follows header and options.</summary>
    public ReadOnlySpan<byte> Payload => segment[HeaderLengthBytes..];

    /// <summary>Checks that the header and its options are there.</summary>
    public static bool TryParse(ReadOnlySpan<byte> segment, out TcpView view, out WireError error)
    {
        view = new TcpView(segment);
        if (segment.Length < LeastHeaderLengthBytes)
        {
            error = WireError.TcpTooShort;
        }
        else if (view.HeaderLengthBytes < LeastHeaderLengthBytes)
        {
            error = WireError.TcpDataOffset;
        }
        else if (view.HeaderLengthBytes > segment.Length)
        {
            error = WireError.TcpOptionsTruncated;
        }
        else
        {
            error = WireError.None;
            return true;
        }

        view = default;
        return false;
    }

    /// <summary>Whether the checksum over pseudo header and segment is right.</summary>
    public bool IsChecksumValid(Ipv4Address source, Ipv4Address destination) =>
        InternetChecksum.IsValid(InternetChecksum.Combine(
            InternetChecksum.SumPseudoHeader(source, destination, IpProtocol.Tcp, segment.Length),
            InternetChecksum.Sum(segment)));

    private ushort ReadWord(int offset) => BinaryPrimitives.ReadUInt16BigEndian(segment[offset..]);
}
