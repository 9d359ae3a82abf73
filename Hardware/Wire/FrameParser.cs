using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>
/// Reads in one pass what a receive path looks at, without allocation and without verifying
/// checksums (see <see cref="ChecksumOffload"/>).
/// </summary>
public static class FrameParser
{
    /// <summary>
    /// Reads as many layers as are sound. A frame of another EtherType, or with a broken IPv4
    /// header, gives its Ethernet part; a fragment or a broken transport header gives no ports.
    /// </summary>
    /// <param name="frame">A frame without frame check sequence.</param>
    /// <param name="fields">What was read; <see cref="FrameFields.Error"/> says what stopped it.
    /// </param>
    /// <returns>False only if not even the Ethernet header is there.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out FrameFields fields)
    {
        fields = default;
        fields.VlanIdentifier = FrameFields.NoVlan;
        if (frame.Length < EthernetHeader.LengthBytes)
        {
            fields.Error = WireError.EthernetTooShort;
            return false;
        }

        fields.DestinationMac = MacAddress.Read(frame);
        fields.SourceMac = MacAddress.Read(frame[EthernetLayout.Source..]);
        var type = BinaryPrimitives.ReadUInt16BigEndian(frame[EthernetLayout.EtherType..]);
        fields.NetworkOffset = EthernetHeader.LengthBytes;
        if (type == (ushort)EtherType.VlanTag)
        {
            if (frame.Length < EthernetHeader.TaggedLengthBytes)
            {
                fields.Error = WireError.VlanTooShort;
                return false;
            }

            fields.NetworkOffset = EthernetHeader.TaggedLengthBytes;
            fields.VlanIdentifier = VlanTag.From(BinaryPrimitives.ReadUInt16BigEndian(
                frame[EthernetLayout.ControlInformation..])).Identifier;
            type = BinaryPrimitives.ReadUInt16BigEndian(frame[EthernetLayout.TaggedEtherType..]);
        }

        fields.EtherType = (EtherType)type;
        if (type == (ushort)EtherType.Ipv4)
        {
            ReadIpv4(frame[fields.NetworkOffset..], ref fields);
        }
        else if (type < EthernetLayout.LeastEtherType)
        {
            fields.Error = WireError.EthernetLengthField;
        }

        return true;
    }

    private static void ReadIpv4(ReadOnlySpan<byte> bytes, ref FrameFields fields)
    {
        if (!Ipv4View.TryParse(bytes, out var datagram, out var error))
        {
            fields.Error = error;
            return;
        }

        fields.Source = datagram.Source;
        fields.Destination = datagram.Destination;
        fields.Protocol = datagram.Protocol;
        fields.IsFragment = datagram.IsFragment;
        fields.TransportOffset = fields.NetworkOffset + datagram.HeaderLengthBytes;
        fields.EndOffset = fields.NetworkOffset + datagram.TotalLengthBytes;
        if (fields.IsFragment)
        {
            return;
        }

        switch (fields.Protocol)
        {
            case IpProtocol.Udp:
                ReadUdp(datagram.Payload, ref fields);
                break;
            case IpProtocol.Tcp:
                ReadTcp(datagram.Payload, ref fields);
                break;
        }
    }

    private static void ReadUdp(ReadOnlySpan<byte> bytes, ref FrameFields fields)
    {
        if (!UdpView.TryParse(bytes, out var datagram, out var error))
        {
            fields.Error = error;
            return;
        }

        fields.SourcePort = datagram.SourcePort;
        fields.DestinationPort = datagram.DestinationPort;
        fields.PayloadOffset = fields.TransportOffset + UdpHeader.LengthBytes;
        fields.EndOffset = fields.TransportOffset + datagram.LengthBytes;
        fields.HasPorts = true;
    }

    private static void ReadTcp(ReadOnlySpan<byte> bytes, ref FrameFields fields)
    {
        if (!TcpView.TryParse(bytes, out var segment, out var error))
        {
            fields.Error = error;
            return;
        }

        fields.SourcePort = segment.SourcePort;
        fields.DestinationPort = segment.DestinationPort;
        fields.PayloadOffset = fields.TransportOffset + segment.HeaderLengthBytes;
        fields.HasPorts = true;
    }
}
