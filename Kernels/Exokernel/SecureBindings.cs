using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Exokernel;

/// <summary>
/// What secure bindings were checked for and how often they were used, since the machine booted
/// (Engler et al., SOSP 1995, section 3.1): a capability or an address is looked at when something
/// is bound; what uses the binding then, the TLB, the software TLB, a card's function or a
/// pixel's tag, looks at none.
/// </summary>
public static class SecureBindings
{
    /// <summary>Capabilities looked at to bind a page.</summary>
    public const string PageChecks = "page-bind-checks";

    /// <summary>Accesses that a processor's TLB answered.</summary>
    public const string PageUses = "page-uses";

    /// <summary>Accesses that it did not.</summary>
    public const string TlbMisses = "tlb-misses";

    /// <summary>Misses that the kernel's software TLB answered.</summary>
    public const string SoftwareTlbHits = "stlb-hits";

    /// <summary>Misses that it did not.</summary>
    public const string SoftwareTlbMisses = "stlb-misses";

    /// <summary>Misses that only the environment could answer: an upcall to its library.</summary>
    public const string RefillUpcalls = "refill-upcalls";

    /// <summary>Addresses looked at to bind a way to the network.</summary>
    public const string NetworkChecks = "network-bind-checks";

    /// <summary>Frames that went through a function that is bound.</summary>
    public const string NetworkUses = "network-uses";

    /// <summary>Capabilities looked at to read or write a software region: one an access.
    /// </summary>
    public const string RegionChecks = "region-checks";

    /// <summary>Calls about software regions that were refused.</summary>
    public const string RegionRefusals = "region-refusals";

    /// <summary>Bytes that calls copied into software regions and out of them.</summary>
    public const string RegionBytes = "region-bytes";

    /// <summary>Critical sections that took longer than they may.</summary>
    public const string BrokenSections = "broken-sections";

    /// <summary>Credentials looked at for a window of the screen.</summary>
    public const string WindowChecks = "window-bind-checks";

    /// <summary>Pixels that went through a window that is bound.</summary>
    public const string WindowUses = "window-uses";

    /// <summary>Pixels that the display refused, by their tag.</summary>
    public const string WindowRefusals = "window-refusals";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        PageChecks, PageUses, TlbMisses, SoftwareTlbHits, SoftwareTlbMisses, RefillUpcalls,
        NetworkChecks, NetworkUses, RegionChecks, RegionRefusals, RegionBytes, BrokenSections,
        WindowChecks, WindowUses, WindowRefusals,
    ];

    internal static IReadOnlyList<KeyValuePair<string, long>> Of(KernelState state)
    {
        var cores = state.Machine.Cores;
        var tlb = state.Memory.SoftwareTlb;
        return
        [
            new(PageChecks, state.Memory.Translation.BindChecks),
            new(PageUses, cores.Sum(core => core.Mmu.Tlb.Hits)),
            new(TlbMisses, cores.Sum(core => core.Mmu.Tlb.Misses)),
            new(SoftwareTlbHits, tlb?.Hits ?? 0),
            new(SoftwareTlbMisses, tlb?.Misses ?? 0),
            new(RefillUpcalls, cores.Sum(core =>
                (core.Mmu.RefillHandler as SoftwareRefill)?.UnansweredCount ?? 0)),
            new(NetworkChecks, state.Network.CheckCount),
            new(NetworkUses, state.Nic.FunctionCounters.Sent),
            new(RegionChecks, state.Regions.CheckCount),
            new(RegionRefusals, state.Regions.RefusedCount),
            new(RegionBytes, state.Regions.CopiedBytes),
            new(BrokenSections, state.Sections.BrokenCount),
            new(WindowChecks, state.Windows.CheckCount),
            new(WindowUses, state.Windows.UseCount),
            new(WindowRefusals, state.Windows.RefusedCount),
        ];
    }
}
