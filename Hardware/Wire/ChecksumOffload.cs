using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>
/// What a device does for its driver: fills in checksums of a frame that leaves and verifies those
/// of one that arrives (Intel 82599 datasheet sections 7.2.5 and 7.1.11).
/// </summary>
public static class ChecksumOffload
{
    /// <summary>Writes the header checksum of the IPv4 datagram in a frame.</summary>
    /// <returns>Why there is none to write; then no byte was changed.</returns>
    public static WireError FillIpv4(Span<byte> frame)
    {
        var error = Locate(frame, out var fields);
        if (error != WireError.None)
        {
            return error;
        }

        var header = frame[fields.NetworkOffset..fields.TransportOffset];
        var checksum = header[Ipv4Layout.Checksum..];
        BinaryPrimitives.WriteUInt16BigEndian(checksum, 0);
        BinaryPrimitives.WriteUInt16BigEndian(checksum, InternetChecksum.Compute(header));
        return WireError.None;
    }

    /// <summary>Writes the checksum of the UDP datagram in a frame.</summary>
    /// <returns>Why there is none to write; then no byte was changed.</returns>
    public static WireError FillUdp(Span<byte> frame)
    {
        var error = LocateTransport(frame, IpProtocol.Udp, out var fields);
        if (error == WireError.None)
        {
            UdpHeader.WriteChecksum(
                frame[fields.TransportOffset..fields.EndOffset],
                fields.Source,
                fields.Destination);
        }

        return error;
    }

    /// <summary>Writes the checksum of the TCP segment in a frame.</summary>
    /// <returns>Why there is none to write; then no byte was changed.</returns>
    public static WireError FillTcp(Span<byte> frame)
    {
        var error = LocateTransport(frame, IpProtocol.Tcp, out var fields);
        if (error == WireError.None)
        {
            var segment = frame[fields.TransportOffset..fields.EndOffset];
            var checksum = segment[TcpLayout.Checksum..];
            BinaryPrimitives.WriteUInt16BigEndian(checksum, 0);
            BinaryPrimitives.WriteUInt16BigEndian(
                checksum, InternetChecksum.Complement(SumTransport(segment, fields)));
        }

        return error;
    }

    /// <summary>Verifies the IPv4 checksum and, where there is one, that of UDP or TCP.</summary>
    public static ChecksumStatus Verify(ReadOnlySpan<byte> frame) =>
        FrameParser.TryRead(frame, out var fields)
            ? Verify(frame, fields)
            : ChecksumStatus.None;

    /// <summary>The same for a frame that has been read already.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="fields">What <see cref="FrameParser"/> read from it.</param>
    public static ChecksumStatus Verify(ReadOnlySpan<byte> frame, in FrameFields fields)
    {
        if (!fields.HasIpv4)
        {
            return ChecksumStatus.None;
        }

        var status = ChecksumStatus.NetworkChecked;
        if (!InternetChecksum.IsValid(frame[fields.NetworkOffset..fields.TransportOffset]))
        {
            status |= ChecksumStatus.NetworkError;
        }

        if (!fields.HasPorts)
        {
            return status;
        }

        var segment = frame[fields.TransportOffset..fields.EndOffset];
        if (fields.Protocol == IpProtocol.Udp
            && BinaryPrimitives.ReadUInt16BigEndian(segment[UdpLayout.Checksum..]) == 0)
        {
            return status;
        }

        status |= ChecksumStatus.TransportChecked;
        return InternetChecksum.IsValid(SumTransport(segment, fields))
            ? status
            : status | ChecksumStatus.TransportError;
    }

    private static uint SumTransport(ReadOnlySpan<byte> segment, in FrameFields fields) =>
        InternetChecksum.Combine(
            InternetChecksum.SumPseudoHeader(
                fields.Source, fields.Destination, fields.Protocol, segment.Length),
            InternetChecksum.Sum(segment));

    private static WireError Locate(ReadOnlySpan<byte> frame, out FrameFields fields)
    {
        FrameParser.TryRead(frame, out fields);
        if (fields.HasIpv4)
        {
            return WireError.None;
        }

        return fields.Error == WireError.None ? WireError.EtherTypeDiffers : fields.Error;
    }

    private static WireError LocateTransport(
        ReadOnlySpan<byte> frame, IpProtocol protocol, out FrameFields fields)
    {
        var error = Locate(frame, out fields);
        if (error != WireError.None)
        {
            return error;
        }

        if (fields.Protocol != protocol)
        {
            return WireError.ProtocolDiffers;
        }

        return fields.IsFragment ? WireError.Fragmented : fields.Error;
    }
}
