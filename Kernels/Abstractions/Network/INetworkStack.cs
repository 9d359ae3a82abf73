using Disguise.Hardware.Network;
using Disguise.Hardware.Wire;

namespace Disguise.Kernels.Abstractions.Network;

/// <summary>
/// One host's protocols as a library: frames are handed in, answers handed out, time is an
/// argument. It charges nothing; who has linked it does.
/// </summary>
public interface INetworkStack
{
    /// <summary>The host's Ethernet address.</summary>
    MacAddress Mac { get; }

    /// <summary>The host's IPv4 address.</summary>
    Ipv4Address Ip { get; }

    /// <summary>Frames received = handed on or consumed + dropped by reason.</summary>
    PacketCounters Counters { get; }

    /// <summary>Takes one frame in. Answers go to the sink at once.</summary>
    Reception Receive<TFrame>(in TFrame frame, IFrameSink answers, long nowPs)
        where TFrame : IReceivedFrame;

    /// <summary>
    /// Binds a UDP port for an owner, any number from 0 on; port 0 asks for an ephemeral one.
    /// </summary>
    BindResult Bind(ushort port, int owner, out ushort bound);

    /// <summary>Frees a UDP port. False when it was not bound.</summary>
    bool Unbind(ushort port);

    /// <summary>
    /// Finds the Ethernet address of a neighbour. Where it is not known, asks by ARP and gives
    /// false.
    /// </summary>
    bool TryResolve(Ipv4Address address, IFrameSink questions, out MacAddress found);

    /// <summary>Learns a neighbour from a datagram that is about to be answered.</summary>
    void Learn(in UdpEndpoints received);

    /// <summary>
    /// Writes Ethernet, IPv4 and UDP headers, without the UDP checksum, which the device fills in.
    /// Returns their length, bytes.
    /// </summary>
    int WriteUdpHeaders(Span<byte> head, in UdpEndpoints endpoints, int payloadBytes);
}
