using Disguise.Hardware.Wire;

namespace Disguise.LibOS.Clients;

/// <summary>Where a client's requests go.</summary>
/// <param name="Mac">Ethernet address of the tenant, or of the next hop to it.</param>
/// <param name="Ip">IPv4 address of the tenant.</param>
/// <param name="Port">UDP port of its service.</param>
public readonly record struct TargetEndpoint(MacAddress Mac, Ipv4Address Ip, ushort Port);
