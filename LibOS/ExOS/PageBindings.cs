using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// What ExOS has had the kernel bind, and what it is about to ask for: many pages in a call. A
/// binding is noted when the kernel has made it. What the kernel refuses is dropped, one page, and
/// the others are asked for again: it is planned anew when the page faults.
/// </summary>
internal sealed class PageBindings(KernelGate gate)
{
    /// <summary>Edits that the kernel takes in one call.</summary>
    private const int EditLimit = 64;

    private readonly SortedDictionary<long, TableEdit> edits = [];
    private readonly SortedDictionary<long, long> bound = [];

    /// <summary>
    /// What the kernel is to be asked for a page, in place of what was planned for it before.
    /// </summary>
    public void Plan(in MemoryAction action)
    {
        var page = action.Page;
        var isBound = bound.TryGetValue(page, out var frame);
        edits.Remove(page);
        if (action.Rights == MemoryProtection.None)
        {
            if (isBound)
                edits.Add(page, new TableEdit(TableEditKind.Remove, page, frame, default, 0));
            return;
        }

        edits.Add(page, new TableEdit(
            isBound && frame == action.Frame ? TableEditKind.Protect : TableEditKind.Insert,
            page, action.Frame, RightsOf(action), KernelGate.OwnCredential));
    }

    /// <summary>Asks the kernel for what was planned. False when it refuses a page.</summary>
    public async EmulatedTask<bool> Edit()
    {
        var isAll = true;
        while (edits.Count > 0)
        {
            var first = edits.Values.First();
            var run = edits.Values
                .TakeWhile((edit, index) => edit.Kind == TableEditKind.Protect
                    && edit.VirtualPage == first.VirtualPage + index
                    && edit.Rights == first.Rights)
                .Count();
            var batch = edits.Values.Take(run > 1 ? run : EditLimit).ToArray();
            KernelCall call = run > 1
                ? new MemoryCall.ProtectRange(
                    first.VirtualPage, run, first.Rights, KernelGate.OwnCredential)
                : new MemoryCall.EditPages([.. batch]);
            var result = await gate.Call(call);
            if (result.Refusal == ExokernelRefusal.None)
            {
                foreach (var edit in batch)
                    Enter(edit);
                continue;
            }

            isAll = false;
            Drop(batch[Math.Clamp(result.Value, 0, batch.Length - 1)]);
        }

        return isAll;
    }

    /// <summary>
    /// Has the kernel bind pages of a child that has bound none, and notes them. False when it
    /// refuses.
    /// </summary>
    public async EmulatedTask<bool> BindFor(
        int child, IReadOnlyList<MemoryAction> pages, SortedDictionary<long, long> childs)
    {
        foreach (var batch in pages.Chunk(EditLimit))
        {
            var result = await gate.Call(new MemoryCall.EditPages(
                [.. batch.Select(page => new TableEdit(
                    TableEditKind.Insert, page.Page, page.Frame, RightsOf(page),
                    KernelGate.OwnCredential))],
                child, KernelGate.OwnCredential));
            if (result.Refusal != ExokernelRefusal.None)
                return false;
            foreach (var page in batch)
                childs.Add(page.Page, page.Frame);
        }

        return true;
    }

    /// <summary>What a parent has had the kernel bind.</summary>
    public void Begin(SortedDictionary<long, long> parents)
    {
        foreach (var (page, frame) in parents)
            bound.Add(page, frame);
    }

    /// <summary>The kernel has broken what was bound to a page, or is about to.</summary>
    public void Broken(long page) => bound.Remove(page);

    /// <summary>The kernel has broken what was bound to a frame.</summary>
    public void FrameBroken(long frame)
    {
        var pages = bound.Where(one => one.Value == frame).Select(one => one.Key).ToArray();
        foreach (var page in pages)
            bound.Remove(page);
    }

    private static PageRights RightsOf(in MemoryAction action) => PageRights.User
        | ((action.Rights & MemoryProtection.Write) != 0
            ? PageRights.Writable : PageRights.None);

    private void Enter(in TableEdit edit)
    {
        edits.Remove(edit.VirtualPage);
        if (edit.Kind == TableEditKind.Remove)
            bound.Remove(edit.VirtualPage);
        else
            bound[edit.VirtualPage] = edit.Frame;
    }

    /// <summary>
    /// What could not be bound stays as it was; what could not be changed is not bound any more.
    /// </summary>
    private void Drop(in TableEdit edit)
    {
        edits.Remove(edit.VirtualPage);
        if (edit.Kind != TableEditKind.Insert)
            bound.Remove(edit.VirtualPage);
    }
}
