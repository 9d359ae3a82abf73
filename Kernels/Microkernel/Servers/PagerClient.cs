using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>A client's memory as its pager keeps it.</summary>
internal sealed class PagerClient
{
    /// <summary>First page that clients map: at 4 GiB.</summary>
    public const long FirstPage = 1L << 20;

    private readonly HeldFrames frames;

    public PagerClient(PagerOptions options, IBackingStore store)
    {
        frames = new HeldFrames(options.Frames);
        Library = options.Library.Make(new VirtualMemoryOptions
        {
            FirstPage = FirstPage,
            Frames = frames,
            Store = new ClientStore(store, options.StorePagesPerClient),
            Policy = options.ReplacementPolicy,
        });
    }

    /// <summary>Its pages.</summary>
    public IVirtualMemory Library { get; }

    /// <summary>The frames that it has been given, by page: they have to be taken back before
    /// anything of them changes.</summary>
    public SortedDictionary<long, long> Given { get; } = [];

    /// <summary>The page from which the next mapping goes.</summary>
    public long NextPage { get; set; } = FirstPage;

    /// <summary>Whether it has given up what others may not have yet.</summary>
    public bool IsHolding => frames.IsHolding;

    /// <summary>What its library wanted is done: others may have what it has given up.</summary>
    public void Settle() => frames.Settle();

    /// <summary>It has ended: what it had is free.</summary>
    public void Release()
    {
        Library.Release();
        Settle();
    }
}
