using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.VirtualMemory;

public sealed partial class VirtualAddressSpace
{
    /// <summary>
    /// Gives frames up for good, as many as are asked for and can be: those that no page has, then
    /// those of pages that the policy chooses and no other space has. The actions say what has to
    /// be saved first.
    /// </summary>
    public IReadOnlyList<long> GiveUp(int count)
    {
        actions.Clear();
        var given = new List<long>();
        replacement.GiveUp(count, given);
        return given;
    }

    /// <summary>Private pages whose frames no other space has.</summary>
    public int CountAlone() => table.InOrder().Count(replacement.HasAlone);

    /// <summary>
    /// A frame was taken by force, and hardware knows nothing of it any more. Gives the page whose
    /// only bytes were in it; -1 where there is none, or the store or nobody ever wrote it.
    /// </summary>
    public long Lose(long frame)
    {
        actions.Clear();
        foreach (var entry in table.InOrder())
        {
            if (entry.IsResident && entry.Frame == frame)
                return replacement.Lose(entry) ? entry.Page : -1;
        }

        return -1;
    }

    /// <summary>
    /// Gives a page that was lost a frame, into which its bytes are put by whoever has them. False
    /// where there is none.
    /// </summary>
    public bool TryRestore(long page, out long frame)
    {
        actions.Clear();
        var entry = table.Find(page);
        frame = MemoryAction.NoFrame;
        if (entry is not { IsResident: false } || !replacement.TryRestore(entry))
            return false;
        frame = entry.Frame;
        return true;
    }

    /// <summary>
    /// Nobody has the bytes of a page that was lost: whoever touches it is refused.
    /// </summary>
    public void Abandon(long page)
    {
        actions.Clear();
        if (table.Find(page) is not { } entry)
            return;
        replacement.Drop(entry);
        entry.IsGone = true;
    }
}
