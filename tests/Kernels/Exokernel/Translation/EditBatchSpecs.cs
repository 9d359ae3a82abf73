using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Frames;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Tests.Exokernel.Translation;

public sealed class EditBatchSpecs
{
    private const int Alice = 0;

    private readonly TranslationScene scene = new(Guards.All);

    [Fact]
    public void A_batch_is_refused_as_a_whole_and_says_which_edit_it_was()
    {
        long frame = scene.Take(Alice);
        Assert.Equal(ExokernelRefusal.NotDominated, Check(
            out int failing,
            Insert(20, frame), Insert(21, scene.Take(1)), Insert(22, frame)));
        Assert.Equal(1, failing);
        Assert.Equal(ExokernelRefusal.BadBatch, Check(
            out failing, Insert(20, frame), Insert(21, frame), Insert(20, frame)));
        Assert.Equal(2, failing);
        Assert.Equal(ExokernelRefusal.BadBatch, Check(out _));
        TableEdit[] many = [.. Enumerable.Range(0, 9).Select(at => Insert(20 + at, frame))];
        Assert.Equal(ExokernelRefusal.BadBatch, Check(out _, many));
        Assert.Equal(ExokernelRefusal.None, Check(out _, many[..8]));
    }

    [Fact]
    public void Each_edit_names_the_credential_that_it_is_made_with()
    {
        long frame = scene.Take(Alice);
        Assert.Equal(
            ExokernelRefusal.EmptySlot, Check(out _, Insert(20, frame) with { Credential = 3 }));
        Assert.Equal(
            ExokernelRefusal.BadSlot, Check(out _, Insert(20, frame) with { Credential = 19 }));
        scene.Credentials.Place(
            Alice, 3, TranslationScene.Of(Alice).With(CapabilityPermissions.Read));
        TableEdit read = Insert(20, frame) with { Credential = 3, Rights = TranslationScene.Read };
        Assert.Equal(ExokernelRefusal.None, Check(out _, read));
        Assert.Equal(
            ExokernelRefusal.NotDominated, Check(out _, Insert(20, frame) with { Credential = 3 }));
    }

    [Fact]
    public void Less_is_allowed_without_a_credential_and_more_with_one()
    {
        long frame = scene.Take(Alice);
        scene.TryBind(Alice, 20, frame, TranslationScene.Write);
        TableEdit less = new(TableEditKind.Protect, 20, 0, TranslationScene.Read, 7);
        Assert.Equal(ExokernelRefusal.None, Check(out _, less));
        scene.Enter(scene.Batch.Wanted(Alice, less));
        Assert.Equal(3, scene.Ways(Alice, 20).Count(way => way == (frame, false)));
        TableEdit more = less with { Rights = TranslationScene.Write };
        Assert.Equal(ExokernelRefusal.EmptySlot, Check(out _, more));
        Assert.Equal(ExokernelRefusal.None, Check(out _, more with { Credential = 0 }));
        Assert.Equal(
            ExokernelRefusal.NotBound, Check(out _, new TableEdit(
                TableEditKind.Remove, 21, 0, default, 0)));
        Assert.Equal(
            ExokernelRefusal.NotBound, Check(out _, more with { VirtualPage = 22 }));
    }

    [Fact]
    public void A_batch_that_needs_more_tables_than_there_are_frames_is_refused()
    {
        long frame = scene.Take(Alice);
        while (scene.Book.FreeCount > 5)
            scene.Take(2);

        // Three tables for the first page, two more for one beyond its gigabyte, one for another.
        Assert.Equal(ExokernelRefusal.None, Check(
            out _, Insert(20, frame), Insert(21, frame), Insert(1 << 18, frame)));
        Assert.Equal(ExokernelRefusal.OutOfTableFrames, Check(
            out _, Insert(20, frame), Insert(1 << 18, frame), Insert(1 << 10, frame)));
        TableEdit[] edits = [Insert(20, frame), Insert(21, frame), Insert(1 << 18, frame)];
        foreach (TableEdit edit in edits)
            scene.Enter(scene.Batch.Wanted(Alice, edit));
        Assert.Equal(0, scene.Book.FreeCount);
        Assert.Equal(6, scene.Book.HoldingsOf(Alice).Tables);
        scene.Forget(scene.Translation.Unbind(Alice, 1 << 18));
        Assert.Equal(2, scene.Book.FreeCount);
        Assert.Equal(4, scene.Book.HoldingsOf(Alice).Tables);
    }

    [Fact]
    public void The_use_bits_can_be_read_and_are_kept_when_rights_change()
    {
        long frame = scene.Take(Alice);
        scene.TryBind(Alice, 20, frame, TranslationScene.Write);
        var space = new AddressSpace(
            scene.Memory, TranslationScene.IdOf(Alice), scene.PageTables[Alice].RootAddress);
        var mmu = new Mmu(
            scene.Memory, new MmioMap(1L << 46), new Tlb(64, 64), Guards.All);
        mmu.Activate(space);
        Assert.True(mmu.TryWriteUInt64((ulong)Frame.AddressOf(20), 77, out _));
        Assert.True(scene.PageTables[Alice].TryRead(20, out PageMapping used));
        Assert.True(used.IsDirty);
        scene.Enter(scene.Batch.Wanted(
            Alice, new TableEdit(TableEditKind.Protect, 20, 0, TranslationScene.Read, 0)));
        Assert.True(scene.PageTables[Alice].TryRead(20, out used));
        Assert.True(used.IsDirty);
        scene.PageTables[Alice].ClearUse(20);
        Assert.True(scene.PageTables[Alice].TryRead(20, out used));
        Assert.False(used.IsDirty);
    }

    [Fact]
    public void A_page_can_lead_to_the_table_that_holds_its_entry_until_that_table_goes()
    {
        scene.TryBind(Alice, 20, scene.Take(Alice), TranslationScene.Write);
        long table = scene.Book.FramesOf(Alice)
            .First(frame => scene.Book.UseOf(frame) == FrameUse.Table);
        TableEdit self = Insert(20, table) with { Rights = TranslationScene.Read };
        TableEdit remove = new(TableEditKind.Remove, 20, 0, default, 0);
        Assert.Equal(
            ExokernelRefusal.BadBatch, Check(out _, self with { VirtualPage = 21 }, remove));
        Assert.Equal(ExokernelRefusal.None, Check(out _, self));
        scene.Enter(scene.Batch.Wanted(Alice, self));
        Assert.Equal(3, scene.Ways(Alice, 20).Count(way => way == (table, false)));
        scene.Forget(scene.Translation.Unbind(Alice, 20));
        Assert.Empty(scene.Ways(Alice, 20));
        Assert.Equal(FrameUse.Free, scene.Book.UseOf(table));
    }

    private static TableEdit Insert(long page, long frame) =>
        new(TableEditKind.Insert, page, frame, TranslationScene.Write, 0);

    private ExokernelRefusal Check(out int failing, params TableEdit[] edits) =>
        scene.Batch.Check(Alice, scene.PageTables[Alice], edits, out failing);
}
