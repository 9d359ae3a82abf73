using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions.Network;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// What the network server has for one tenant: a stack with the tenant's addresses, its sockets,
/// its share of the wire.
/// </summary>
internal sealed class ServerTenant(
    int index, TenantOfServer configuration, INetworkLibrary library)
{
    /// <summary>Most sockets of a tenant.</summary>
    public const int SocketLimit = 64;

    private readonly PacketCounters past = new();

    /// <summary>Its place in the server's configuration.</summary>
    public int Index { get; } = index;

    /// <summary>Its entry in the server's configuration.</summary>
    public TenantOfServer Configuration { get; } = configuration;

    /// <summary>Its protocols, as fresh as it is.</summary>
    public INetworkStack Stack { get; private set; } =
        library.MakeStack(configuration.Mac, configuration.Ip);

    /// <summary>The server's thread that it has called: its frames come there too.</summary>
    public int Thread { get; private set; }

    /// <summary>Its sockets, by number.</summary>
    public List<ServerSocket> Sockets { get; } = [];

    /// <summary>Its share of the wire.</summary>
    public TokenBucket Rate { get; private set; } =
        new(configuration.RateLimitBitsPerSecond);

    /// <summary>Whether it has begun and not ended.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Datagrams for its sockets = delivered + dropped + waiting.</summary>
    public PacketCounters Counters { get; } = new();

    /// <summary>What its stacks have counted, those of tenants before it at its place included.
    /// </summary>
    public PacketCounters StackCounters
    {
        get
        {
            var sum = new PacketCounters();
            sum.Add(past);
            sum.Add(Stack.Counters);
            return sum;
        }
    }

    /// <summary>
    /// A tenant begins. Nothing is left of one that had the place before: neither neighbours that
    /// it knew nor what it owed of its share.
    /// </summary>
    public void Open(int thread)
    {
        Thread = thread;
        IsOpen = true;
        past.Add(Stack.Counters);
        Stack = library.MakeStack(Configuration.Mac, Configuration.Ip);
        Rate = new TokenBucket(Configuration.RateLimitBitsPerSecond);
    }

    /// <summary>The tenant has ended.</summary>
    public void Close()
    {
        IsOpen = false;
        Sockets.Clear();
    }
}
