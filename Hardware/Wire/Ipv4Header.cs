using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>An IPv4 header without options as a value (RFC 791 section 3.1).</summary>
/// <param name="Source">Source address.</param>
/// <param name="Destination">Destination address.</param>
/// <param name="Protocol">What the datagram carries.</param>
/// <param name="PayloadLengthBytes">Bytes behind the header, at most 65,515.</param>
public readonly record struct Ipv4Header(
    Ipv4Address Source, Ipv4Address Destination, IpProtocol Protocol, int PayloadLengthBytes)
{
    /// <summary>Bytes of the header; options of a received one are dropped.</summary>
    public const int LengthBytes = 20;

    /// <summary>Longest payload of a datagram without options.</summary>
    public const int MaximumPayloadBytes = Ipv4Layout.MaximumDatagramBytes - LengthBytes;

    /// <summary>The time to live that hosts start with (IANA "IP Parameters": 64).</summary>
    public const byte DefaultTimeToLive = 64;

    /// <summary>The byte of DSCP (RFC 2474) and ECN (RFC 3168).</summary>
    public byte DifferentiatedServices { get; init; }

    /// <summary>Identification, common to the fragments of one datagram.</summary>
    public ushort Identification { get; init; }

    /// <summary>
    /// Whether routers must not fragment it. An unfragmented datagram with this bit needs no
    /// identification (RFC 6864 section 4.1).
    /// </summary>
    public bool IsDontFragment { get; init; }

    /// <summary>Whether fragments with higher offsets follow.</summary>
    public bool HasMoreFragments { get; init; }

    /// <summary>Where the payload stands in the datagram's: a multiple of 8 to 65,528.</summary>
    public int FragmentOffsetBytes { get; init; }

    /// <summary>Hops that remain.</summary>
    public byte TimeToLive { get; init; } = DefaultTimeToLive;

    /// <summary>Whether it heads only a part of a datagram.</summary>
    public bool IsFragment => HasMoreFragments || FragmentOffsetBytes != 0;

    /// <summary>Reads a header and verifies its checksum.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> datagram, out Ipv4Header header, out WireError error)
    {
        header = default;
        if (!Ipv4View.TryParse(datagram, out var view, out error))
        {
            return false;
        }

        if (!view.IsChecksumValid)
        {
            error = WireError.Ipv4Checksum;
            return false;
        }

        header = From(view);
        return true;
    }

    /// <summary>The header that a view shows, its checksum unseen.</summary>
    public static Ipv4Header From(Ipv4View view) =>
        new(view.Source, view.Destination, view.Protocol, view.Payload.Length)
        {
            DifferentiatedServices = view.DifferentiatedServices,
            Identification = view.Identification,
            IsDontFragment = view.IsDontFragment,
            HasMoreFragments = view.HasMoreFragments,
            FragmentOffsetBytes = view.FragmentOffsetBytes,
            TimeToLive = view.TimeToLive,
        };

    /// <summary>Writes the header with its checksum and returns its length.</summary>
    /// <exception cref="InvalidOperationException">A length or offset fits no header.</exception>
    public int Emit(Span<byte> datagram)
    {
        if ((uint)PayloadLengthBytes > MaximumPayloadBytes
            || FragmentOffsetBytes % Ipv4Layout.OffsetUnitBytes != 0
            || (uint)FragmentOffsetBytes > Ipv4Layout.OffsetMask * Ipv4Layout.OffsetUnitBytes)
        {
            throw new InvalidOperationException(
                $"no IPv4 header has payload {PayloadLengthBytes}, offset {FragmentOffsetBytes}");
        }

        var flags = (IsDontFragment ? Ipv4Layout.DontFragmentFlag : 0)
            | (HasMoreFragments ? Ipv4Layout.MoreFragmentsFlag : 0)
            | (FragmentOffsetBytes / Ipv4Layout.OffsetUnitBytes);
        datagram = datagram[..LengthBytes];
        datagram[Ipv4Layout.VersionAndLength] =
            (Ipv4Layout.Version << 4) | (LengthBytes / Ipv4Layout.WordBytes);
        datagram[Ipv4Layout.DifferentiatedServices] = DifferentiatedServices;
        WriteWord(datagram, Ipv4Layout.TotalLength, (ushort)(LengthBytes + PayloadLengthBytes));
        WriteWord(datagram, Ipv4Layout.Identification, Identification);
        WriteWord(datagram, Ipv4Layout.FlagsAndOffset, (ushort)flags);
        datagram[Ipv4Layout.TimeToLive] = TimeToLive;
        datagram[Ipv4Layout.Protocol] = (byte)Protocol;
        WriteWord(datagram, Ipv4Layout.Checksum, 0);
        Source.Write(datagram[Ipv4Layout.Source..]);
        Destination.Write(datagram[Ipv4Layout.Destination..]);
        WriteWord(datagram, Ipv4Layout.Checksum, InternetChecksum.Compute(datagram));
        return LengthBytes;
    }

    /// <summary>Addresses, protocol and size.</summary>
    public override string ToString()
    {
        var part = IsFragment
            ? $" fragment {Identification} at {FragmentOffsetBytes}"
                + (HasMoreFragments ? "+" : "")
            : "";
        return $"ipv4 {Source} > {Destination} {Protocol} payload {PayloadLengthBytes} B"
            + $" ttl {TimeToLive}{part}";
    }

    private static void WriteWord(Span<byte> datagram, int offset, ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(datagram[offset..], value);
}
