using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>
/// A secure binding of memory: a page of an environment leads to a frame. That it may was checked
/// when it was bound; an access only follows it (Engler et al., SOSP 1995, section 3.1).
/// </summary>
/// <param name="Environment">Whose page.</param>
/// <param name="VirtualPage">Which page.</param>
/// <param name="Frame">Where it leads.</param>
/// <param name="Rights">What accesses it allows.</param>
/// <param name="Kind">Who looks it up again when caches have lost it.</param>
internal readonly record struct Binding(
    int Environment, long VirtualPage, long Frame, PageRights Rights,
    BindingKind Kind = BindingKind.Library)
{
    /// <summary>What was shown for it.</summary>
    public BindingTitle Title { get; init; }

    /// <summary>Whether it stays until its environment ends.</summary>
    public bool IsGuaranteed => Kind == BindingKind.Guaranteed;

    /// <summary>Whether it allows to write.</summary>
    public bool IsWritable => (Rights & PageRights.Writable) != 0;

    /// <summary>The entry for a TLB, which has to notice no first use and no first write.</summary>
    public ulong Entry => (ulong)Hardware.Memory.Frame.AddressOf(Frame)
        | PageTableEntry.Present | PageTableEntry.User | PageTableEntry.Accessed
        | (IsWritable ? PageTableEntry.Writable | PageTableEntry.Dirty : 0)
        | ((Rights & PageRights.Executable) != 0 ? 0 : PageTableEntry.NoExecute);
}
