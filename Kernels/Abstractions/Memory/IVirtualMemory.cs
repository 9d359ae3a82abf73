using Disguise.Actors.Ledgers;

namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>
/// The virtual memory of one application, wherever the library is linked: into the application's
/// own address space, a kernel or a pager. A call or a fault changes the library's tables and
/// leaves in <see cref="Actions"/> what is to be done to hardware and memory; who links it carries
/// that out, and charges for it by <see cref="MemoryActionCosts"/>. It knows no time and no actor.
/// </summary>
public interface IVirtualMemory
{
    /// <summary>What the last call or fault wants done, in order.</summary>
    IReadOnlyList<MemoryAction> Actions { get; }

    /// <summary>What one search of its page table costs.</summary>
    CostKey LookupCost { get; }

    /// <summary>Whether the application has registered a handler of faults.</summary>
    bool HasHandler { get; set; }

    /// <summary>
    /// Most frames that the application's private pages may have at a time. Those of shared
    /// objects count for nobody, and stay.
    /// </summary>
    int FrameLimit { get; set; }

    /// <summary>Private pages that have a frame.</summary>
    int ResidentCount { get; }

    /// <summary>
    /// Takes pages into use that read as zeros, each given a frame when it is first touched; those
    /// of a shared object get the object's.
    /// </summary>
    MemoryRefusal Map(
        long firstPage, int pages, MemoryProtection protection, ISharedPages? shared = null);

    /// <summary>Gives pages up, with what is in them.</summary>
    MemoryRefusal Unmap(long firstPage, int pages);

    /// <summary>Changes what the application may do with pages.</summary>
    MemoryRefusal Protect(long firstPage, int pages, MemoryProtection protection);

    /// <summary>An access that the hardware refused. Whatever the verdict, there are actions.
    /// </summary>
    FaultVerdict Fault(long page, bool isWrite);

    /// <summary>
    /// Whether a page was written since it was mapped or <see cref="Clean"/>ed. False also for one
    /// that is not in use.
    /// </summary>
    bool IsDirty(long page);

    /// <summary>Forgets that a page was written.</summary>
    MemoryRefusal Clean(long page);

    /// <summary>
    /// A copy of the whole for a child. Private pages are shared until one of both writes; shared
    /// ones stay so. The actions are those for the parent; the child's own list maps what has a
    /// frame.
    /// </summary>
    /// <param name="use">What hardware notes of the child's pages.</param>
    IVirtualMemory Fork(IPageUse? use = null);

    /// <summary>Gives everything up.</summary>
    void Release();

    /// <summary>The frame of a page, if it has one: for checks from outside.</summary>
    long FrameOf(long page);

    /// <summary>The pages that have a frame, by page: for checks from outside.</summary>
    IEnumerable<(long Page, long Frame)> Resident();
}
