using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>Where the fields of an IPv4 header stand (RFC 791 section 3.1).</summary>
internal static class Ipv4Layout
{
    public const int VersionAndLength = 0;
    public const int DifferentiatedServices = 1;
    public const int TotalLength = 2;
    public const int Identification = 4;
    public const int FlagsAndOffset = 6;
    public const int TimeToLive = 8;
    public const int Protocol = 9;
    public const int Checksum = 10;
    public const int Source = 12;
    public const int Destination = 16;
    public const int Options = 20;

    public const int Version = 4;
    public const int WordBytes = 4;
    public const int ReservedFlag = 0x8000;
    public const int DontFragmentFlag = 0x4000;
    public const int MoreFragmentsFlag = 0x2000;
    public const int OffsetMask = 0x1FFF;
    public const int OffsetUnitBytes = 8;
    public const int MaximumDatagramBytes = 65_535;
}

/// <summary>An IPv4 datagram in place.</summary>
public readonly ref struct Ipv4View
{
    private readonly ReadOnlySpan<byte> datagram;

    private Ipv4View(ReadOnlySpan<byte> datagram) => this.datagram = datagram;

    /// <summary>Bytes of header with options: 20 to 60.</summary>
    public int HeaderLengthBytes =>
        (datagram[Ipv4Layout.VersionAndLength] & 0xF) * Ipv4Layout.WordBytes;

    /// <summary>The byte of DSCP (RFC 2474) and ECN (RFC 3168).</summary>
    public byte DifferentiatedServices => datagram[Ipv4Layout.DifferentiatedServices];

    /// <summary>Bytes of header and payload.</summary>
    public int TotalLengthBytes => ReadWord(Ipv4Layout.TotalLength);

    /// <summary>Identification, common to the fragments of one datagram.</summary>
    public ushort Identification => ReadWord(Ipv4Layout.Identification);

    /// <summary>Whether routers must not fragment it.</summary>
    public bool IsDontFragment => (FlagsAndOffset & Ipv4Layout.DontFragmentFlag) != 0;

    /// <summary>Whether fragments with higher offsets follow.</summary>
    public bool HasMoreFragments => (FlagsAndOffset & Ipv4Layout.MoreFragmentsFlag) != 0;

    /// <summary>Where this payload stands in that of the whole datagram, in bytes.</summary>
    public int FragmentOffsetBytes =>
        (FlagsAndOffset & Ipv4Layout.OffsetMask) * Ipv4Layout.OffsetUnitBytes;

    /// <summary>Whether it is only a part of a datagram.</summary>
    public bool IsFragment =>
        (FlagsAndOffset & (Ipv4Layout.OffsetMask | Ipv4Layout.MoreFragmentsFlag)) != 0;

    /// <summary>Hops that remain.</summary>
    public byte TimeToLive => datagram[Ipv4Layout.TimeToLive];

    /// <summary>What the datagram carries.</summary>
    public IpProtocol Protocol => (IpProtocol)datagram[Ipv4Layout.Protocol];

    /// <summary>Header checksum as it arrived.</summary>
    public ushort Checksum => ReadWord(Ipv4Layout.Checksum);

    /// <summary>Source address.</summary>
    public Ipv4Address Source => Ipv4Address.Read(datagram[Ipv4Layout.Source..]);

    /// <summary>Destination address.</summary>
    public Ipv4Address Destination => Ipv4Address.Read(datagram[Ipv4Layout.Destination..]);

    /// <summary>Options, mostly empty. They are accepted and not interpreted.</summary>
    public ReadOnlySpan<byte> Options => datagram[Ipv4Layout.Options..HeaderLengthBytes];

    /// <summary>What the header announces, without the padding of a short frame.</summary>
    public ReadOnlySpan<byte> Payload => datagram[HeaderLengthBytes..];

    /// <summary>Whether the header checksum is right.</summary>
    public bool IsChecksumValid => InternetChecksum.IsValid(datagram[..HeaderLengthBytes]);

    private ushort FlagsAndOffset => ReadWord(Ipv4Layout.FlagsAndOffset);

    /// <summary>
    /// Checks version, lengths and flags, not the checksum. Bytes beyond the total length are
    /// padding.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Ipv4View view, out WireError error)
    {
        view = new Ipv4View(bytes);
        error = view.Check();
        if (error != WireError.None)
        {
            view = default;
            return false;
        }

        view = new Ipv4View(bytes[..view.TotalLengthBytes]);
        return true;
    }

    private WireError Check()
    {
        if (datagram.Length < Ipv4Header.LengthBytes)
        {
            return WireError.Ipv4TooShort;
        }

        if (datagram[Ipv4Layout.VersionAndLength] >> 4 != Ipv4Layout.Version)
        {
            return WireError.Ipv4Version;
        }

        if (HeaderLengthBytes < Ipv4Header.LengthBytes)
        {
            return WireError.Ipv4HeaderLength;
        }

        if (HeaderLengthBytes > datagram.Length)
        {
            return WireError.Ipv4OptionsTruncated;
        }

        if (TotalLengthBytes < HeaderLengthBytes)
        {
            return WireError.Ipv4TotalLength;
        }

        if (TotalLengthBytes > datagram.Length)
        {
            return WireError.Ipv4Truncated;
        }

        if ((FlagsAndOffset & Ipv4Layout.ReservedFlag) != 0)
        {
            return WireError.Ipv4ReservedFlag;
        }

        return FragmentOffsetBytes + TotalLengthBytes > Ipv4Layout.MaximumDatagramBytes
            ? WireError.Ipv4FragmentBeyondDatagram
            : WireError.None;
    }

    private ushort ReadWord(int offset) => BinaryPrimitives.ReadUInt16BigEndian(datagram[offset..]);
}
