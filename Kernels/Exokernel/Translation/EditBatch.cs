using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Frames;

namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>
/// Checks a batch of page-table edits as a whole, before any is carried out: a page stands in it
/// once, so no edit builds on another, and the frames for tables that they need are there. A
/// removal can make a table superfluous, so no batch with one binds a table for reading.
/// </summary>
internal sealed class EditBatch(
    CredentialBook credentials, FrameBook frames, TranslationBook translation)
{
    /// <summary>
    /// Whether an environment may have all edits, by the credentials that somebody shows, itself
    /// unless it is said who; else which it may not.
    /// </summary>
    public ExokernelRefusal Check(
        int environment, GuardedTable? table, ReadOnlySpan<TableEdit> edits, out int failing,
        int shower = -1)
    {
        shower = shower < 0 ? environment : shower;
        failing = 0;
        if (edits.Length < 1 || edits.Length > translation.Options.EditsPerBatch)
        {
            return ExokernelRefusal.BadBatch;
        }

        var pages = new SortedSet<long>();
        var missing = new SortedSet<(int Level, long Prefix)>();
        int added = 0;
        bool hasRemoval = false;
        bool bindsTable = false;
        for (; failing < edits.Length; failing++)
        {
            TableEdit edit = edits[failing];
            ExokernelRefusal refusal = pages.Add(edit.VirtualPage)
                ? Check(environment, shower, edit)
                : ExokernelRefusal.BadBatch;
            hasRemoval |= edit.Kind == TableEditKind.Remove;
            bindsTable |= edit.Kind == TableEditKind.Insert
                && frames.UseOf(edit.Frame) == FrameUse.Table;
            if (hasRemoval && bindsTable)
            {
                return ExokernelRefusal.BadBatch;
            }

            if (refusal == ExokernelRefusal.None && edit.Kind == TableEditKind.Insert
                && !translation.Bindings.TryFind(environment, edit.VirtualPage, out _))
            {
                table?.AddMissingTables(edit.VirtualPage, missing);
                added++;
                refusal = translation.CheckRoom(environment, added);
            }

            if (refusal != ExokernelRefusal.None)
            {
                return refusal;
            }
        }

        failing = 0;
        return CheckTables(environment, missing);
    }

    /// <summary>Whether frames are left for the tables that a page needs.</summary>
    public ExokernelRefusal CheckTables(in Binding wanted, GuardedTable? table)
    {
        var missing = new SortedSet<(int Level, long Prefix)>();
        table?.AddMissingTables(wanted.VirtualPage, missing);
        return CheckTables(wanted.Environment, missing);
    }

    /// <summary>
    /// Whether so many pages in a row that lead nowhere can be bound: room for bindings, and frames
    /// for tables.
    /// </summary>
    public ExokernelRefusal CheckRoom(
        int environment, GuardedTable? table, long firstPage, int pages)
    {
        ExokernelRefusal refusal = translation.CheckRoom(environment, pages);
        var missing = new SortedSet<(int Level, long Prefix)>();
        for (long page = firstPage; page < firstPage + pages; page++)
        {
            table?.AddMissingTables(page, missing);
        }

        return refusal != ExokernelRefusal.None ? refusal : CheckTables(environment, missing);
    }

    /// <summary>
    /// Whether an environment may bind pages in a row to frames in a row, by one credential.
    /// </summary>
    public ExokernelRefusal CheckRange(
        in Binding first, int pages, GuardedTable? table, int credential)
    {
        ExokernelRefusal refusal = credentials.Show(
            first.Environment, credential, out Capability shown);
        var missing = new SortedSet<(int Level, long Prefix)>();
        int added = 0;
        for (int page = 0; page < pages && refusal == ExokernelRefusal.None; page++)
        {
            Binding wanted = first with
            {
                VirtualPage = first.VirtualPage + page,
                Frame = first.Frame + page,
            };
            refusal = frames.UseOf(wanted.Frame) == FrameUse.Table
                ? ExokernelRefusal.FrameIsTable
                : translation.CheckBind(wanted, shown);
            if (!translation.Bindings.TryFind(wanted.Environment, wanted.VirtualPage, out _))
            {
                table?.AddMissingTables(wanted.VirtualPage, missing);
                added++;
            }
        }

        return refusal != ExokernelRefusal.None ? refusal
            : translation.CheckRoom(first.Environment, added) is var room
                && room != ExokernelRefusal.None ? room
            : CheckTables(first.Environment, missing);
    }

    /// <summary>
    /// The binding that an edit asks for, by the credential that somebody shows, itself unless it
    /// is said who; for a removal the one that ends.
    /// </summary>
    public Binding Wanted(int environment, TableEdit edit, int shower = -1)
    {
        credentials.Show(shower < 0 ? environment : shower, edit.Credential, out Capability shown);
        if (edit.Kind == TableEditKind.Insert)
        {
            return new Binding(
                environment, edit.VirtualPage, edit.Frame, edit.Rights | PageRights.User)
            {
                Title = new BindingTitle(shown),
            };
        }

        if (!translation.Bindings.TryFind(environment, edit.VirtualPage, out Binding before)
            || edit.Kind != TableEditKind.Protect)
        {
            return before;
        }

        return before with
        {
            Rights = edit.Rights | PageRights.User,
            Title = WidensRights(environment, edit) ? new BindingTitle(shown) : before.Title,
        };
    }

    private ExokernelRefusal CheckTables(
        int environment, SortedSet<(int Level, long Prefix)> missing) =>
        missing.Count > 0
            && frames.CheckRoom(environment, missing.Count) != ExokernelRefusal.None
                ? ExokernelRefusal.OutOfTableFrames
                : ExokernelRefusal.None;

    private ExokernelRefusal Check(int environment, int shower, TableEdit edit)
    {
        if (edit.Kind != TableEditKind.Insert)
        {
            ExokernelRefusal refusal = translation.CheckUnbind(environment, edit.VirtualPage);
            if (refusal != ExokernelRefusal.None || edit.Kind == TableEditKind.Remove
                || !WidensRights(environment, edit))
            {
                return refusal;
            }
        }

        ExokernelRefusal shown = credentials.Show(
            shower, edit.Credential, out Capability credential);
        return shown != ExokernelRefusal.None
            ? shown
            : translation.CheckBind(Wanted(environment, edit, shower), credential);
    }

    private bool WidensRights(int environment, TableEdit edit) =>
        translation.Bindings.TryFind(environment, edit.VirtualPage, out Binding before)
        && ((edit.Rights | PageRights.User) & ~before.Rights) != 0;
}
