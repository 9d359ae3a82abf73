using Disguise.Hardware.Wire;

namespace Disguise.LibOS.Posix;

/// <summary>The other end of a datagram: what <c>sockaddr_in</c> holds.</summary>
/// <param name="Ip">Its IPv4 address.</param>
/// <param name="Port">Its UDP port.</param>
public readonly record struct UdpPeer(Ipv4Address Ip, ushort Port);
