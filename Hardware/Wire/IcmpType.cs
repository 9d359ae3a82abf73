namespace Disguise.Hardware.Wire;

/// <summary>The ICMP messages that the emulator speaks (RFC 792).</summary>
public enum IcmpType : byte
{
    /// <summary>Answer to an echo request, with the same payload.</summary>
    EchoReply = 0,

    /// <summary>A datagram could not be delivered; its head is the payload.</summary>
    DestinationUnreachable = 3,

    /// <summary>A request to send the payload back.</summary>
    EchoRequest = 8,
}
