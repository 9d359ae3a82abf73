using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions.Network;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// What the network server has for one tenant: a stack with the tenant's addresses, its sockets,
/// its share of the wire.
/// </summary>
internal sealed class ServerTenant(int index, TenantOfServer configuration, INetworkStack stack)
{
    /// <summary>Most sockets of a tenant.</summary>
    public const int SocketLimit = 64;

    /// <summary>Its place in the server's configuration.</summary>
    public int Index { get; } = index;

    /// <summary>Its entry in the server's configuration.</summary>
    public TenantOfServer Configuration { get; } = configuration;

    /// <summary>Its protocols.</summary>
    public INetworkStack Stack { get; } = stack;

    /// <summary>Its sockets, by number.</summary>
    public List<ServerSocket> Sockets { get; } = [];

    /// <summary>Its share of the wire.</summary>
    public TokenBucket Rate { get; } = new(configuration.RateLimitBitsPerSecond);

    /// <summary>Whether it has begun and not ended.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Datagrams for its sockets = delivered + dropped + waiting.</summary>
    public PacketCounters Counters { get; } = new();
}
