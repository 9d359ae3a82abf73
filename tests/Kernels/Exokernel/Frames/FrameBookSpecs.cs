using Disguise.Actors.Faults;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Frames;

using Capability = Disguise.Kernels.Exokernel.Capabilities.Capability;

namespace Disguise.Kernels.Tests.Exokernel.Frames;

public sealed class FrameBookSpecs
{
    private const int Alice = 0;
    private const int Bob = 1;
    private const long First = 100;

    private static readonly Capability OfAlice = Capability.OfEnvironment(Alice, 0);
    private static readonly Capability OfBob = Capability.OfEnvironment(Bob, 0);

    private readonly FrameBook book = BookOf(Guards.All);

    [Fact]
    public void A_frame_is_had_by_number_or_whichever_is_free()
    {
        Assert.Equal(ExokernelRefusal.None, book.CheckAllocate(Alice, 107, out long frame));
        Assert.Equal(107, frame);
        book.Allocate(Alice, 107, OfAlice);
        Assert.Equal(ExokernelRefusal.FrameIsTaken, book.CheckAllocate(Bob, 107, out _));
        Assert.Equal(ExokernelRefusal.None, book.CheckAllocate(Bob, FrameBook.Any, out frame));
        Assert.Equal(First, frame);
        Assert.Equal(ExokernelRefusal.NoSuchFrame, book.CheckAllocate(Bob, First - 1, out _));
        Assert.Equal(ExokernelRefusal.NoSuchFrame, book.CheckAllocate(Bob, First + 20, out _));
        Assert.Equal(ExokernelRefusal.NoSuchEnvironment, book.CheckAllocate(2, First, out _));
        Assert.Equal((Alice, FrameUse.Data), (book.OwnerOf(107), book.UseOf(107)));
        Assert.Equal(-1, book.OwnerOf(First));
    }

    [Fact]
    public void Frames_in_a_row_are_the_lowest_that_fit()
    {
        Take(Alice, First + 3);
        Assert.Equal(ExokernelRefusal.None, book.CheckAllocateRun(Alice, 3, out long frame));
        Assert.Equal(First, frame);
        Assert.Equal(ExokernelRefusal.None, book.CheckAllocateRun(Alice, 4, out frame));
        Assert.Equal(First + 4, frame);
        Take(Bob, First + 12);
        Assert.Equal(ExokernelRefusal.OutOfMemory, book.CheckAllocateRun(Alice, 9, out _));
        Assert.Equal(ExokernelRefusal.TooManyFrames, book.CheckAllocateRun(Alice, 15, out _));
        Assert.Equal(ExokernelRefusal.None, book.CheckAllocateRun(Alice, 8, out _));
        Assert.Equal(ExokernelRefusal.BadBatch, book.CheckAllocateRun(Alice, 0, out _));
    }

    [Fact]
    public void When_no_frame_is_left_or_none_is_due_the_answer_says_which()
    {
        for (int count = 0; count < 15; count++)
            Take(Alice, FrameBook.Any);
        Assert.Equal(
            ExokernelRefusal.TooManyFrames, book.CheckAllocate(Alice, FrameBook.Any, out _));
        for (int count = 0; count < 5; count++)
            Take(Bob, FrameBook.Any);
        Assert.Equal(
            ExokernelRefusal.OutOfMemory, book.CheckAllocate(Bob, FrameBook.Any, out _));
        book.Free(First + 4);
        Assert.Equal(ExokernelRefusal.None, book.CheckAllocate(Bob, FrameBook.Any, out long frame));
        Assert.Equal(First + 4, frame);
    }

    [Fact]
    public void A_credential_opens_a_page_by_its_list()
    {
        long page = Take(Alice, FrameBook.Any);
        Assert.Equal(ExokernelRefusal.None, book.CheckAccess(page, OfAlice, true));
        Assert.Equal(ExokernelRefusal.NotDominated, book.CheckAccess(page, OfBob, false));
        Assert.Equal(
            ExokernelRefusal.NotDominated,
            book.CheckAccess(page, OfAlice.Below(1, CapabilityPermissions.All), false));

        Capability readers = OfBob.Below(7, CapabilityPermissions.Read);
        Assert.Equal(ExokernelRefusal.NotDominated, book.CheckChange(page, OfBob, 1, readers));
        Assert.Equal(ExokernelRefusal.None, book.CheckChange(page, OfAlice, 1, readers));
        book.Change(page, 1, readers);
        Assert.Equal(ExokernelRefusal.None, book.CheckAccess(page, OfBob, false));
        Assert.Equal(ExokernelRefusal.NotDominated, book.CheckAccess(page, OfBob, true));
        Assert.Equal(ExokernelRefusal.NotDominated, book.CheckFree(page, OfBob));
        Assert.Equal(5, book.AccessChecks);
    }

    [Fact]
    public void A_read_only_credential_opens_a_writable_page_for_reading_only()
    {
        long page = Take(Alice, FrameBook.Any);
        Capability read = OfAlice.With(CapabilityPermissions.Read);
        Assert.Equal(ExokernelRefusal.None, book.CheckAccess(page, read, false));
        Assert.Equal(ExokernelRefusal.NotDominated, book.CheckAccess(page, read, true));
        Assert.Equal(
            ExokernelRefusal.NotDominated, book.CheckChange(page, read, 1, Capability.None));
    }

    [Fact]
    public void Somebody_always_controls_a_page()
    {
        long page = Take(Alice, FrameBook.Any);
        Assert.Equal(
            ExokernelRefusal.IncompleteList,
            book.CheckChange(page, OfAlice, 0, OfAlice.With(CapabilityPermissions.Write)));
        Assert.Equal(
            ExokernelRefusal.IncompleteList, book.CheckChange(page, OfAlice, 0, Capability.None));
        Assert.Equal(
            ExokernelRefusal.BadListEntry, book.CheckChange(page, OfAlice, 2, OfAlice));
        Assert.Equal(ExokernelRefusal.None, book.CheckChange(page, OfAlice, 1, Capability.None));
        Assert.Equal(ExokernelRefusal.None, book.CheckChange(page, OfAlice, 0, OfBob));
        book.Change(page, 0, OfBob);
        Assert.Equal(ExokernelRefusal.NotDominated, book.CheckFree(page, OfAlice));
        Assert.Equal(ExokernelRefusal.None, book.CheckFree(page, OfBob));
    }

    [Fact]
    public void Without_domination_any_credential_opens_any_page()
    {
        FrameBook open = BookOf(Guards.AllBut(KernelGuards.Domination));
        open.Allocate(Alice, First, OfAlice);
        Assert.Equal(ExokernelRefusal.None, open.CheckAccess(First, OfBob, true));
        Assert.Equal(ExokernelRefusal.None, open.CheckFree(First, OfBob));
    }

    [Fact]
    public void The_named_frames_are_limited_and_stay_while_they_are_named()
    {
        long[] pages = [.. Enumerable.Range(0, 9).Select(_ => Take(Alice, FrameBook.Any))];
        for (int count = 0; count < 5; count++)
        {
            Assert.Equal(ExokernelRefusal.None, book.CheckReserve(Alice, pages[count]));
            book.Reserve(pages[count]);
        }

        Assert.Equal(ExokernelRefusal.TooManyReserved, book.CheckReserve(Alice, pages[5]));
        Assert.Equal(ExokernelRefusal.FrameIsReserved, book.CheckReserve(Alice, pages[0]));
        Assert.Equal(ExokernelRefusal.FrameIsReserved, book.CheckFree(pages[0], OfAlice));
        Assert.Equal(ExokernelRefusal.FrameIsReserved, book.CheckReturn(Alice, pages[0]));
        Assert.Equal(ExokernelRefusal.NotTheOwner, book.CheckReserve(Bob, pages[5]));
        Assert.Equal(4, book.TakeableOf(Alice));
        var taken = new List<long>();
        book.ChooseTakeable(Alice, 100, taken);
        Assert.Equal([pages[8], pages[7], pages[6], pages[5]], taken);
        book.Unreserve(pages[0]);
        Assert.Equal(4, book.TakeableOf(Alice));
        Assert.Equal(ExokernelRefusal.FrameNotReserved, book.CheckUnreserve(Alice, pages[0]));
    }

    [Fact]
    public void As_many_as_are_guaranteed_stay_with_who_has_named_none()
    {
        for (int count = 0; count < 6; count++)
            Take(Bob, FrameBook.Any);
        book.Allocate(Bob, First + 19, OfBob, FrameUse.Table);
        Assert.Equal(1, book.TakeableOf(Bob));
        var taken = new List<long>();
        book.ChooseTakeable(Bob, 3, taken);
        Assert.Equal([First + 5], taken);
        book.Free(First + 5);
        Assert.Equal(0, book.TakeableOf(Bob));
    }

    [Fact]
    public void A_page_table_can_be_read_by_its_owner_and_written_by_nobody()
    {
        book.Allocate(Alice, First, OfAlice, FrameUse.Table);
        Assert.Equal(ExokernelRefusal.None, book.CheckAccess(First, OfAlice, false));
        Assert.Equal(ExokernelRefusal.FrameIsTable, book.CheckAccess(First, OfAlice, true));
        Assert.Equal(ExokernelRefusal.FrameIsTable, book.CheckAccess(First, Capability.Root, true));
        Assert.Equal(ExokernelRefusal.FrameIsTable, book.CheckFree(First, OfAlice));
        Assert.Equal(ExokernelRefusal.FrameIsTable, book.CheckChange(First, OfAlice, 1, OfBob));
        Assert.Equal(ExokernelRefusal.FrameIsTable, book.CheckReturn(Alice, First));
        Assert.Equal(ExokernelRefusal.FrameIsTable, book.CheckReserve(Alice, First));
    }

    [Fact]
    public void A_frame_whose_generations_are_used_up_is_used_no_more()
    {
        FrameBook few = BookOf(Guards.All, generations: 2);
        few.Allocate(Alice, First, OfAlice);
        few.Change(First, 1, OfBob);
        Assert.Equal(
            ExokernelRefusal.GenerationsUsedUp,
            few.CheckChange(First, OfAlice, 1, Capability.None));
        few.Free(First);
        Assert.Equal((1, 19), (few.RetiredCount, few.FreeCount));
        Assert.Equal(ExokernelRefusal.FrameIsTaken, few.CheckAllocate(Alice, First, out _));
        Assert.Equal(ExokernelRefusal.FrameIsFree, few.CheckAccess(First, OfAlice, false));
        Assert.Throws<InvalidOperationException>(() => few.Free(First));
    }

    [Fact]
    public void What_would_break_the_book_throws()
    {
        Take(Alice, First);
        Assert.Throws<InvalidOperationException>(() => book.Allocate(Bob, First, OfBob));
        Assert.Throws<InvalidOperationException>(() => book.Allocate(7, First + 1, OfBob));
        Assert.Throws<InvalidOperationException>(() => book.Free(First + 1));
        Assert.Throws<InvalidOperationException>(() => book.Free(First - 1));
        Assert.Throws<InvalidOperationException>(() => book.End(Alice));
        Assert.Throws<InvalidOperationException>(() => book.Admit(Alice));
        book.Free(First);
        book.End(Alice);
        Assert.False(book.IsAdmitted(Alice));
    }

    [Fact]
    public void A_return_of_somebody_elses_frame_is_refused_and_believed_without_the_guard()
    {
        Take(Bob, First);
        Assert.Equal(ExokernelRefusal.NotTheOwner, book.CheckReturn(Alice, First));
        Assert.Equal(ExokernelRefusal.FrameIsFree, book.CheckReturn(Alice, First + 1));
        Assert.Equal(ExokernelRefusal.NoSuchFrame, book.CheckReturn(Alice, 3));
        FrameBook open = BookOf(Guards.AllBut(KernelGuards.ReturnedFrames));
        open.Allocate(Bob, First, OfBob);
        Assert.Equal(ExokernelRefusal.None, open.CheckReturn(Alice, First));
        open.Free(First);
        Assert.Equal(0, open.HoldingsOf(Bob).Owned);
    }

    internal static FrameBook BookOf(
        Guards guards, int frames = 20, uint generations = uint.MaxValue)
    {
        var made = new FrameBook(
            new FrameBookOptions
            {
                FirstFrame = First,
                FrameCount = frames,
                Environments = 8,
                FramesPerEnvironment = 15,
                Guaranteed = 5,
                GenerationLimit = generations,
            },
            new PageSeals(new HandleTags(3, 4), guards),
            guards);
        made.Admit(Alice);
        made.Admit(Bob);
        return made;
    }

    private long Take(int environment, long wanted)
    {
        Assert.Equal(
            ExokernelRefusal.None, book.CheckAllocate(environment, wanted, out long frame));
        book.Allocate(environment, frame, Capability.OfEnvironment(environment, 0));
        return frame;
    }
}
