using Disguise.Hardware.Wire;

namespace Disguise.Specification.Worlds;

/// <summary>A datagram that a station sends.</summary>
/// <param name="AtPs">When.</param>
/// <param name="Endpoints">From whom to whom.</param>
/// <param name="Payload">What it carries.</param>
internal sealed record Request(long AtPs, UdpEndpoints Endpoints, byte[] Payload)
{
    /// <summary>The frame on the wire.</summary>
    public byte[] Frame => FrameOf(Endpoints);

    /// <summary>The frame that the same library makes of the right answer of an echo.</summary>
    public byte[] Answer => FrameOf(Endpoints.Reversed);

    private byte[] FrameOf(in UdpEndpoints endpoints)
    {
        var bytes = new byte[EthernetLimits.MaximumFrameBytes];
        return bytes[..FrameBuilder.Udp(bytes, endpoints, Payload)];
    }
}
