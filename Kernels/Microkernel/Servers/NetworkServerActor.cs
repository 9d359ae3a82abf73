using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Microkernel.Memory;
using Disguise.Kernels.Microkernel.UserLevel;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// The network server: holds the protocol stacks of all tenants, each with addresses of its own,
/// and their sockets. One thread for each queue pair of the driver; a tenant's calls come to the
/// thread that its frames come to, so that its stack needs no lock.
/// </summary>
public sealed class NetworkServerActor : UserDomainActor
{
    /// <summary>The badge that its calls carry at the driver.</summary>
    public const ulong BadgeAtDriver = 1;

    private readonly NetworkThread[] threads;
    private readonly ServerTenant[] tenants;
    private readonly Dictionary<MacAddress, ServerTenant> byMac = [];
    private readonly int bufferPages;

    /// <summary>Makes the server.</summary>
    /// <param name="options">As for every server.</param>
    /// <param name="configuration">The tenants that it may have.</param>
    public NetworkServerActor(
        ServerOptions options, IReadOnlyList<TenantOfServer> configuration)
        : base(
            options.Kernel, options.ThreadCount, options.Costs, options.Account,
            options.Requests)
    {
        tenants = new ServerTenant[configuration.Count];
        for (var index = 0; index < tenants.Length; index++)
        {
            var tenant = configuration[index];
            tenants[index] = new ServerTenant(index, tenant, options.Library);
            byMac.Add(tenant.Mac, tenants[index]);
        }

        bufferPages = BufferPagesOf(options.LayoutOf(0));
        threads = new NetworkThread[options.ThreadCount];
        for (var number = 0; number < threads.Length; number++)
            threads[number] = new NetworkThread(this, options, Threads[number]);
    }

    /// <summary>Packets of the driver = handed to a tenant's stack + dropped.</summary>
    public PacketCounters Counters { get; } = new();

    /// <summary>Counters of each tenant's stack, and of its sockets.</summary>
    public IEnumerable<PacketCounters> TenantCounters
    {
        get
        {
            foreach (var tenant in tenants)
            {
                yield return tenant.StackCounters;
                yield return tenant.Counters;
            }
        }
    }

    /// <summary>Pages of the buffers of a queue pair.</summary>
    public static int BufferPagesOf(in QueueLayout layout) =>
        layout.Pages - (int)((long)(layout.Buffers >> Frame.Shift) - layout.FirstPage);

    /// <summary>All tenants, open or not.</summary>
    internal IReadOnlyList<ServerTenant> Tenants => tenants;

    /// <summary>The tenant whose capability has a badge, or none.</summary>
    internal ServerTenant? ByBadge(ulong badge)
    {
        var index = badge - TenantOfServer.BadgeOf(0);
        return index < (ulong)tenants.Length ? tenants[index] : null;
    }

    /// <summary>The open tenant with an Ethernet address, or none.</summary>
    internal ServerTenant? ByMac(MacAddress mac) =>
        byMac.TryGetValue(mac, out var tenant) && tenant.IsOpen ? tenant : null;

    /// <summary>Page at which the buffers of a queue pair are mapped.</summary>
    internal long PageOf(int queue) =>
        DomainPages.FirstFreePage + ((long)queue * bufferPages);

    /// <summary>Address of a buffer's first byte.</summary>
    internal ulong AddressOf(int queue, int buffer) =>
        (ulong)Frame.AddressOf(PageOf(queue))
        + ((ulong)buffer * QueueLayout.BufferBytes);

    /// <summary>A buffer is free: the thread of its queue pair has it.</summary>
    internal void Release(int queue, int buffer) => threads[queue].TakeBack((ushort)buffer);

    /// <inheritdoc/>
    protected override EmulatedTask Run(UserThread thread) => threads[thread.Number].Run();
}
