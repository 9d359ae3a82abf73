using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.VirtualMemory;

/// <summary>
/// Gives pages frames and takes them back, by a policy: to the backing store what is not there
/// yet, and nowhere what is. Frames of shared objects stay.
/// </summary>
internal sealed class PageReplacement(
    VirtualMemoryOptions options, IPageTable table, List<MemoryAction> actions,
    IReplacementPolicy policy)
{
    private readonly IPageFrames frames = options.Frames;
    private readonly IBackingStore store = options.Store;

    /// <summary>Who gives a frame up.</summary>
    public IReplacementPolicy Policy => policy;

    /// <summary>Most frames of private pages at a time.</summary>
    public int FrameLimit { get; set; } = options.FrameLimit;

    /// <summary>Private pages that have a frame.</summary>
    public int ResidentCount { get; private set; }

    /// <summary>Gives a page a frame with its content. False where there is none.</summary>
    public bool TryLoad(PageEntry entry)
    {
        if (entry.Shared is { } shared)
            return TryLoadShared(entry, shared);
        if (!TryMakeRoom() || !TryTakeFrame(out var frame))
            return false;
        actions.Add(entry.Slot != PageEntry.NoSlot
            ? new MemoryAction(MemoryActionKind.PageIn, entry.Page, frame, entry.Slot)
            : new MemoryAction(MemoryActionKind.Zero, entry.Page, frame));
        entry.Frame = frame;
        ResidentCount++;
        policy.Loaded(entry.Page);
        return true;
    }

    /// <summary>
    /// Gives a page that is to be written a frame of its own, if it is shared. False where there
    /// is none.
    /// </summary>
    public bool TryOwn(PageEntry entry)
    {
        if (frames.SharesOf(entry.Frame) > 1)
        {
            // The page itself must not be the one that makes room for its copy.
            policy.Removed(entry.Page);
            var isTaken = TryTakeFrame(out var frame);
            policy.Loaded(entry.Page);
            if (!isTaken)
                return false;
            Hide(entry);
            actions.Add(
                new MemoryAction(MemoryActionKind.Copy, entry.Page, frame, entry.Frame));
            frames.Release(entry.Frame);
            entry.Frame = frame;
        }

        entry.IsCopyOnWrite = false;
        return true;
    }

    /// <summary>Has hardware forget a page.</summary>
    public void Hide(PageEntry entry)
    {
        if (!entry.IsMapped)
            return;
        NoteWrites(entry);
        entry.Granted = MemoryProtection.None;
        actions.Add(new MemoryAction(MemoryActionKind.Unmap, entry.Page, entry.Frame));
    }

    /// <summary>Takes over what hardware has noted of writes to a page.</summary>
    public void NoteWrites(PageEntry entry)
    {
        if (!entry.IsMapped || options.Use?.TakeWritten(entry.Page) != true)
            return;
        entry.IsDirty = true;
        entry.IsUnsaved = true;
    }

    /// <summary>A page is given up, with what is in it.</summary>
    public void Drop(PageEntry entry)
    {
        if (entry.IsResident)
            LeaveFrame(entry);
        if (entry.Slot != PageEntry.NoSlot)
            store.Release(entry.Slot);
        entry.Slot = PageEntry.NoSlot;
    }

    /// <summary>A child's page begins with its parent's frame and slot.</summary>
    public void Inherit(PageEntry entry)
    {
        if (entry.Slot != PageEntry.NoSlot)
            store.Share(entry.Slot);
        if (!entry.IsResident)
            return;
        frames.Share(entry.Frame);
        if (entry.Shared is not null)
            return;
        ResidentCount++;
        policy.Loaded(entry.Page);
    }

    /// <summary>Whether a page is private, and nobody else has its frame.</summary>
    public bool HasAlone(PageEntry entry) =>
        entry is { IsResident: true, Shared: null } && frames.SharesOf(entry.Frame) == 1;

    /// <summary>
    /// Takes frames that are not to be used again, up to a count: those that nobody has, then those
    /// of pages that the policy chooses. A page whose frame others have too would give none up, so
    /// it stays.
    /// </summary>
    public void GiveUp(int count, List<long> given)
    {
        var passed = new List<long>();
        while (given.Count < count)
        {
            if (frames.TryTake(out var frame))
            {
                given.Add(frame);
            }
            else if (!policy.TryChoose(options.Use, out var page))
            {
                break;
            }
            else if (!HasAlone(VictimAt(page)))
            {
                policy.Removed(page);
                passed.Add(page);
            }
            else if (!TryEvict(page))
            {
                break;
            }
        }

        foreach (var page in passed)
            policy.Loaded(page);
    }

    /// <summary>
    /// A page's frame was taken by force, with what hardware knew of it: the pool has not got it
    /// back. True when no slot has what was in it.
    /// </summary>
    public bool Lose(PageEntry entry)
    {
        entry.Granted = MemoryProtection.None;
        entry.Frame = MemoryAction.NoFrame;
        entry.IsCopyOnWrite = false;
        if (entry.Shared is not null)
            return true;
        ResidentCount--;
        policy.Removed(entry.Page);
        return entry.IsUnsaved;
    }

    /// <summary>
    /// Gives a page that was lost a frame, into which somebody else puts its bytes. False where
    /// there is none.
    /// </summary>
    public bool TryRestore(PageEntry entry)
    {
        if (!TryMakeRoom() || !TryTakeFrame(out var frame))
            return false;
        entry.Frame = frame;
        ResidentCount++;
        policy.Loaded(entry.Page);
        return true;
    }

    private bool TryLoadShared(PageEntry entry, ISharedPages shared)
    {
        var frame = shared.FrameOf(entry.SharedIndex);
        if (frame == MemoryAction.NoFrame)
        {
            if (!TryTakeFrame(out frame))
                return false;
            actions.Add(new MemoryAction(MemoryActionKind.Zero, entry.Page, frame));
            shared.SetFrame(entry.SharedIndex, frame);
        }

        frames.Share(frame);
        entry.Frame = frame;
        return true;
    }

    private bool TryMakeRoom()
    {
        while (ResidentCount >= FrameLimit)
        {
            if (!TryEvict())
                return false;
        }

        return true;
    }

    private bool TryTakeFrame(out long frame)
    {
        while (!frames.TryTake(out frame))
        {
            if (!TryEvict())
                return false;
        }

        return true;
    }

    /// <summary>The page that the policy chooses gives its frame up. False where none can.
    /// </summary>
    private bool TryEvict() => policy.TryChoose(options.Use, out var page) && TryEvict(page);

    private PageEntry VictimAt(long page) =>
        table.Find(page) is { IsResident: true, Shared: null } victim ? victim
        : throw new InvalidOperationException($"the policy chose page {page}: it has no frame");

    private bool TryEvict(long page)
    {
        var victim = VictimAt(page);
        NoteWrites(victim);
        if (victim.IsUnsaved && !TryTakeSlot(victim))
            return false;
        Hide(victim);
        if (victim.IsUnsaved)
        {
            actions.Add(new MemoryAction(
                MemoryActionKind.PageOut, page, victim.Frame, victim.Slot));
            victim.IsUnsaved = false;
        }

        LeaveFrame(victim);
        return true;
    }

    /// <summary>A slot of the page's own: one that others share holds what they have.</summary>
    private bool TryTakeSlot(PageEntry victim)
    {
        if (victim.Slot != PageEntry.NoSlot && store.SharesOf(victim.Slot) == 1)
            return true;
        if (!store.TryTake(out var slot))
            return false;
        if (victim.Slot != PageEntry.NoSlot)
            store.Release(victim.Slot);
        victim.Slot = slot;
        return true;
    }

    private void LeaveFrame(PageEntry entry)
    {
        frames.Release(entry.Frame);
        entry.Frame = MemoryAction.NoFrame;
        entry.IsCopyOnWrite = false;
        if (entry.Shared is not null)
            return;
        ResidentCount--;
        policy.Removed(entry.Page);
    }
}
