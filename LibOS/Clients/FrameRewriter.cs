using Disguise.Hardware.Wire;

namespace Disguise.LibOS.Clients;

/// <summary>Readdresses a captured frame, so that it goes between stations of the experiment.
/// </summary>
public static class FrameRewriter
{
    private const int SourceMac = 6;
    private const int SourceIp = 12;
    private const int DestinationIp = 16;

    /// <summary>
    /// Writes a client's addresses as the source's and a target's as the destination's, and
    /// corrects the checksums of IPv4, UDP and TCP. Ports stay. Fragments keep the checksum of
    /// their transport, which only their whole datagram has.
    /// </summary>
    public static void Readdress(Span<byte> frame, ClientStation from, in TargetEndpoint to)
    {
        if (!FrameParser.TryRead(frame, out var fields))
            return;
        to.Mac.Write(frame);
        from.Mac.Write(frame[SourceMac..]);
        if (!fields.HasIpv4)
            return;
        var header = frame[fields.NetworkOffset..];
        from.Ip.Write(header[SourceIp..]);
        to.Ip.Write(header[DestinationIp..]);
        ChecksumOffload.FillIpv4(frame);
        if (fields is not { HasPorts: true, IsFragment: false })
            return;
        if (fields.Protocol == IpProtocol.Tcp)
            ChecksumOffload.FillTcp(frame);
        else
            ChecksumOffload.FillUdp(frame);
    }
}
