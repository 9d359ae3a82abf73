using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>A client's memory as its pager keeps it.</summary>
internal sealed class PagerClient(PagerOptions options, IBackingStore store)
{
    /// <summary>First page that clients map: at 4 GiB.</summary>
    public const long FirstPage = 1L << 20;

    /// <summary>Its pages.</summary>
    public IVirtualMemory Library { get; } = options.Library.Make(new VirtualMemoryOptions
    {
        FirstPage = FirstPage,
        Frames = options.Frames,
        Store = store,
        Policy = options.ReplacementPolicy,
    });

    /// <summary>The frames that it has been given, by page: they have to be taken back before
    /// anything of them changes.</summary>
    public SortedDictionary<long, long> Given { get; } = [];

    /// <summary>The page from which the next mapping goes.</summary>
    public long NextPage { get; set; } = FirstPage;
}
