using Disguise.Hardware.Wire;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>A tenant as the network server's configuration has it.</summary>
/// <param name="Address">Its address: <c>server.echo[3]</c>.</param>
/// <param name="Mac">Its Ethernet address.</param>
/// <param name="Ip">Its IPv4 address.</param>
/// <param name="RateLimitBitsPerSecond">Its share of the wire; 0 for no limit.</param>
public sealed record TenantOfServer(
    string Address, MacAddress Mac, Ipv4Address Ip, long RateLimitBitsPerSecond)
{
    /// <summary>The badge of a tenant's capability by its place in the configuration; 0 means no
    /// badge, and 1 is the driver's.</summary>
    public static ulong BadgeOf(int index) => (ulong)index + 2;
}
