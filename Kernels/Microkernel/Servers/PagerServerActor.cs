using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Memory;
using Disguise.Kernels.Microkernel.UserLevel;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// The pager: virtual memory as a server, to which the kernel sends the page faults of threads as
/// messages (Liedtke, On micro-kernel construction, SOSP 1995, section 2.1). It holds the frames,
/// each as an extent of one page, and answers with memory that the thread maps; it takes a page
/// back by revoking what it gave. Each core's clients have a thread of it on that core.
/// </summary>
public sealed class PagerServerActor : UserDomainActor
{
    private readonly PagerOptions options;
    private readonly IBackingStore store;
    private readonly SortedDictionary<ulong, PagerClient> clients = [];

    /// <summary>Makes the server.</summary>
    public PagerServerActor(PagerOptions options)
        : base(
            options.Kernel, options.ThreadCount, options.Costs, options.Account,
            options.Requests)
    {
        this.options = options;
        store = options.Library.MakeStore(options.StorePages, options.StoreLatencyPs);
    }

    /// <summary>Faults that it was told of.</summary>
    public long FaultCount { get; internal set; }

    internal PagerOptions Options => options;

    internal IBackingStore Store => store;

    /// <summary>Address at which the pager sees a frame.</summary>
    internal static ulong AddressOf(long frame) =>
        (ulong)Frame.AddressOf(DomainPages.FirstFreePage + frame);

    /// <summary>The capability to a frame.</summary>
    internal Handle ExtentOf(long frame) => options.Boot.Extents[(int)frame];

    /// <summary>The client whose calls carry a badge; new ones have nothing mapped.</summary>
    internal PagerClient ClientOf(ulong badge)
    {
        if (!clients.TryGetValue(badge, out var client))
            clients.Add(badge, client = new PagerClient(options, store));
        return client;
    }

    /// <summary>A client has ended: what it had is free.</summary>
    internal void Forget(ulong badge)
    {
        if (clients.Remove(badge, out var client))
            client.Release();
    }

    /// <inheritdoc/>
    protected override EmulatedTask Run(UserThread thread) =>
        new PagerThread(this, thread, options.Execution(thread.Context)).Run();
}
