using Disguise.Hardware.Wire;

namespace Disguise.Host.Composition;

/// <summary>
/// Which MAC and IPv4 address everybody has: locally administered MAC addresses, and 10.0.0.0/8
/// with tenants in the lower half and clients in the upper one. Numbers count over the whole
/// experiment, from 0.
/// </summary>
public static class AddressPlan
{
    /// <summary>Most tenants, and most clients.</summary>
    public const int Limit = (1 << 23) - 2;

    private const ulong FirstTenantMac = 0x02_00_00_00_00_01;
    private const ulong FirstClientMac = 0x02_01_00_00_00_01;
    private const uint FirstTenantIp = (10u << 24) + 1;
    private const uint FirstClientIp = (10u << 24) + (1u << 23) + 1;

    /// <summary>MAC address of a tenant.</summary>
    public static MacAddress TenantMac(int tenant) => new(FirstTenantMac + Checked(tenant));

    /// <summary>IPv4 address of a tenant.</summary>
    public static Ipv4Address TenantIp(int tenant) => new(FirstTenantIp + (uint)Checked(tenant));

    /// <summary>MAC address of a client.</summary>
    public static MacAddress ClientMac(int client) => new(FirstClientMac + Checked(client));

    /// <summary>IPv4 address of a client.</summary>
    public static Ipv4Address ClientIp(int client) => new(FirstClientIp + (uint)Checked(client));

    private static ulong Checked(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Limit);
        return (ulong)number;
    }
}
