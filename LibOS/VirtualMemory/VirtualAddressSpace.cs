using Disguise.Actors.Ledgers;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.VirtualMemory.Replacement;

namespace Disguise.LibOS.VirtualMemory;

/// <summary>
/// Virtual memory as a library: pages of private memory, given frames when they are touched, of
/// shared objects, and copied on write after a fork; protection page by page; dirty bits; and
/// frames taken back by a policy when there are too few (Engler, Kaashoek and O'Toole, SOSP 1995,
/// section 6.2). It is a machine from calls and faults to actions, and holds neither bytes nor
/// hardware: a refused call changes nothing.
/// </summary>
public sealed partial class VirtualAddressSpace : IVirtualMemory
{
    private readonly VirtualMemoryOptions options;
    private readonly IPageTable table;
    private readonly PageReplacement replacement;
    private readonly List<MemoryAction> actions = [];

    /// <summary>A space in which nothing is in use.</summary>
    public VirtualAddressSpace(VirtualMemoryOptions options)
    {
        this.options = options;
        table = options.Table == PageTableKind.Linear
            ? new LinearPageTable() : new InvertedPageTable();
        replacement = new PageReplacement(
            options, table, actions,
            options.OwnPolicy ?? ReplacementPolicies.Make(options.Policy));
    }

    /// <inheritdoc/>
    public IReadOnlyList<MemoryAction> Actions => actions;

    /// <inheritdoc/>
    public CostKey LookupCost => table.LookupCost;

    /// <inheritdoc/>
    public bool HasHandler { get; set; }

    /// <inheritdoc/>
    public int FrameLimit
    {
        get => replacement.FrameLimit;
        set => replacement.FrameLimit = value;
    }

    /// <inheritdoc/>
    public int ResidentCount => replacement.ResidentCount;

    /// <inheritdoc/>
    public MemoryRefusal Map(
        long firstPage, int pages, MemoryProtection protection, ISharedPages? shared = null)
    {
        Search(firstPage);
        if (!IsInRange(firstPage, pages) || (shared is not null && pages > shared.Count))
            return MemoryRefusal.BadRange;
        for (var page = firstPage; page < firstPage + pages; page++)
        {
            if (table.Find(page) is not null)
                return MemoryRefusal.AlreadyMapped;
        }

        if (pages > options.PageLimit - table.Count)
            return MemoryRefusal.TooManyPages;
        var added = new PageEntry[pages];
        for (var index = 0; index < pages; index++)
        {
            added[index] = new PageEntry(firstPage + index, protection)
            {
                Shared = shared,
                SharedIndex = index,
            };
        }

        table.Add(added);
        return MemoryRefusal.None;
    }

    /// <inheritdoc/>
    public MemoryRefusal Unmap(long firstPage, int pages)
    {
        Search(firstPage);
        if (!IsInRange(firstPage, pages))
            return MemoryRefusal.BadRange;
        if (!AreAllMapped(firstPage, pages))
            return MemoryRefusal.NotMapped;
        for (var page = firstPage; page < firstPage + pages; page++)
        {
            var entry = table.Find(page)!;
            replacement.Hide(entry);
            replacement.Drop(entry);
        }

        table.Remove(firstPage, pages);
        return MemoryRefusal.None;
    }

    /// <inheritdoc/>
    public MemoryRefusal Protect(long firstPage, int pages, MemoryProtection protection)
    {
        Search(firstPage);
        if (!IsInRange(firstPage, pages))
            return MemoryRefusal.BadRange;
        if (!AreAllMapped(firstPage, pages))
            return MemoryRefusal.NotMapped;
        for (var page = firstPage; page < firstPage + pages; page++)
        {
            var entry = table.Find(page)!;
            var kind = page == firstPage ? MemoryActionKind.Protect
                : (protection & ~entry.Protection) != 0 ? MemoryActionKind.UnprotectNext
                : MemoryActionKind.ProtectNext;
            replacement.NoteWrites(entry);
            entry.Protection = protection;
            Grant(entry, kind);
        }

        return MemoryRefusal.None;
    }

    /// <inheritdoc/>
    public FaultVerdict Fault(long page, bool isWrite)
    {
        Search(page);
        var entry = table.Find(page);
        if (entry is { IsGone: true })
            return FaultVerdict.Refused;
        if (entry is null || !Allows(entry.Protection, isWrite))
            return Deliver(page);
        if (!entry.IsResident && !replacement.TryLoad(entry))
            return FaultVerdict.OutOfMemory;
        if (isWrite)
        {
            if (entry.IsCopyOnWrite && !replacement.TryOwn(entry))
                return FaultVerdict.OutOfMemory;
            entry.IsDirty = true;
            entry.IsUnsaved = true;
        }

        Grant(
            entry, entry.IsMapped ? MemoryActionKind.ChangeRights : MemoryActionKind.Map);
        return FaultVerdict.Resolved;
    }

    /// <inheritdoc/>
    public bool IsDirty(long page)
    {
        Search(page);
        var entry = table.Find(page);
        if (entry is null)
            return false;
        replacement.NoteWrites(entry);
        return entry.IsDirty;
    }

    /// <inheritdoc/>
    public MemoryRefusal Clean(long page)
    {
        Search(page);
        if (table.Find(page) is not { } entry)
            return MemoryRefusal.NotMapped;
        replacement.NoteWrites(entry);
        entry.IsDirty = false;
        if (entry.IsMapped && RightsOf(entry) != entry.Granted)
            Grant(entry, MemoryActionKind.ChangeRights);
        return MemoryRefusal.None;
    }

    /// <inheritdoc/>
    public IVirtualMemory Fork(IPageUse? use = null)
    {
        actions.Clear();
        var child = new VirtualAddressSpace(options with
        {
            OwnPolicy = replacement.Policy.Again(),
            Use = use,
        })
        {
            HasHandler = HasHandler,
            FrameLimit = FrameLimit,
        };
        foreach (var entry in table.InOrder())
        {
            if (actions.Count == 0)
                Search(entry.Page);
            replacement.NoteWrites(entry);
            Inherit(entry, child);
            if (entry.IsMapped && RightsOf(entry) != entry.Granted)
            {
                Grant(entry, actions.Count == 1
                    ? MemoryActionKind.Protect : MemoryActionKind.ProtectNext);
            }
        }

        return child;
    }

    /// <inheritdoc/>
    public void Release()
    {
        actions.Clear();
        foreach (var entry in table.InOrder())
        {
            replacement.Drop(entry);
            table.Remove(entry.Page, 1);
        }
    }

    /// <inheritdoc/>
    public long FrameOf(long page) => table.Find(page)?.Frame ?? MemoryAction.NoFrame;

    /// <inheritdoc/>
    public IEnumerable<(long Page, long Frame)> Resident() => table.InOrder()
        .Where(entry => entry.IsResident)
        .Select(entry => (entry.Page, entry.Frame));

    private static bool Allows(MemoryProtection protection, bool isWrite) => isWrite
        ? (protection & MemoryProtection.Write) != 0
        : protection != MemoryProtection.None;

    /// <summary>
    /// A page as a child has it: a frame is shared until a write, and mapped at once where the
    /// child may read.
    /// </summary>
    private static void Inherit(PageEntry entry, VirtualAddressSpace child)
    {
        var isPrivate = entry.Shared is null;
        entry.IsCopyOnWrite = isPrivate && entry.IsResident;
        var copy = new PageEntry(entry.Page, entry.Protection)
        {
            Shared = entry.Shared,
            SharedIndex = entry.SharedIndex,
            Frame = entry.Frame,
            Slot = entry.Slot,
            IsCopyOnWrite = entry.IsCopyOnWrite,
            IsDirty = entry.IsDirty,
            IsUnsaved = entry.IsUnsaved,
            IsGone = entry.IsGone,
        };
        child.table.Add([copy]);
        child.replacement.Inherit(copy);
        if (copy.IsResident && copy.Protection != MemoryProtection.None)
            child.Grant(copy, MemoryActionKind.Map);
    }

    /// <summary>Has hardware grant what the page's state allows, by an action of a kind.</summary>
    private void Grant(PageEntry entry, MemoryActionKind kind)
    {
        entry.Granted = entry.IsResident ? RightsOf(entry) : MemoryProtection.None;
        actions.Add(new MemoryAction(kind, entry.Page, entry.Frame, 0, entry.Granted));
    }

    /// <summary>
    /// Without hardware's notes a page that is clean may not be written: the fault is the note.
    /// </summary>
    private MemoryProtection RightsOf(PageEntry entry)
    {
        if (entry.Protection == MemoryProtection.None)
            return MemoryProtection.None;
        var isNoted = options.Use is not null || (entry.IsDirty && entry.IsUnsaved);
        var mayWrite = (entry.Protection & MemoryProtection.Write) != 0
            && !entry.IsCopyOnWrite && isNoted;
        return mayWrite ? MemoryProtection.ReadWrite : MemoryProtection.Read;
    }

    private FaultVerdict Deliver(long page)
    {
        if (!HasHandler)
            return FaultVerdict.Refused;
        actions.Add(new MemoryAction(MemoryActionKind.Deliver, page));
        return FaultVerdict.Delivered;
    }

    private void Search(long page)
    {
        actions.Clear();
        actions.Add(new MemoryAction(MemoryActionKind.Lookup, page));
    }

    private bool IsInRange(long firstPage, int pages) =>
        pages > 0 && firstPage >= options.FirstPage
        && firstPage - options.FirstPage <= VirtualMemoryOptions.RangePages - pages;

    private bool AreAllMapped(long firstPage, int pages)
    {
        for (var page = firstPage; page < firstPage + pages; page++)
        {
            if (table.Find(page) is null)
                return false;
        }

        return true;
    }
}
