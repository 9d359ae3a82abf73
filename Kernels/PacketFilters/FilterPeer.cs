namespace Disguise.Kernels.PacketFilters;

/// <summary>
/// One party at the other end that a filter lets through: a MAC address on the Ethernet level, an
/// IPv4 prefix and a port on the levels above.
/// </summary>
/// <param name="Mac">MAC address, 48 bits; 0 is any.</param>
/// <param name="Ip">IPv4 address; only the prefix counts.</param>
/// <param name="PrefixLength">Bits of the prefix, 0 to 32; 0 is any address.</param>
/// <param name="Port">Port; 0 is any.</param>
public readonly record struct FilterPeer(ulong Mac, uint Ip, byte PrefixLength, ushort Port)
{
    /// <summary>Everybody.</summary>
    public static FilterPeer Any => default;

    /// <summary>One station on the Ethernet level.</summary>
    public static FilterPeer OfMac(ulong mac) => new(mac, 0, 0, 0);

    /// <summary>One host, or all of a prefix, on the levels above; port 0 is any.</summary>
    public static FilterPeer OfIp(uint ip, byte prefixLength = 32, ushort port = 0) =>
        new(0, ip, prefixLength, port);
}
