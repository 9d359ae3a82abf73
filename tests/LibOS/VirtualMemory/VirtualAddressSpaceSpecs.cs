using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.VirtualMemory;
using Xunit;
using static Disguise.Kernels.Abstractions.Memory.MemoryActionKind;

namespace Disguise.LibOS.Tests.VirtualMemory;

public class VirtualAddressSpaceSpecs
{
    private const long First = 16;

    private readonly FramePool frames = new();
    private readonly MemoryBackingStore store = new(64, 0);

    public VirtualAddressSpaceSpecs() =>
        frames.Grant(Enumerable.Range(0, 64).Select(frame => (long)frame));

    [Fact]
    public void A_page_gets_an_empty_frame_when_it_is_first_read_and_may_be_written_when_it_is()
    {
        var space = Make();
        space.Map(First, 3, MemoryProtection.ReadWrite);
        Assert.Equal([Lookup], Kinds(space));
        Assert.Equal(FaultVerdict.Resolved, space.Fault(First + 1, isWrite: false));
        Assert.Equal([Lookup, Zero, Map], Kinds(space));
        Assert.Equal(MemoryProtection.Read, space.Actions[^1].Rights);
        Assert.False(space.IsDirty(First + 1));
        space.Fault(First + 1, isWrite: true);
        Assert.Equal([Lookup, ChangeRights], Kinds(space));
        Assert.Equal(MemoryProtection.ReadWrite, space.Actions[^1].Rights);
        Assert.True(space.IsDirty(First + 1));
        Assert.Equal(1, frames.UsedCount);
    }

    [Fact]
    public void Protecting_a_range_is_one_search_one_page_and_its_further_pages()
    {
        var space = Written(pages: 4);
        space.Protect(First, 4, MemoryProtection.Read);
        Assert.Equal(
            [Lookup, Protect, ProtectNext, ProtectNext, ProtectNext], Kinds(space));
        space.Protect(First, 4, MemoryProtection.ReadWrite);
        Assert.Equal(
            [Lookup, Protect, UnprotectNext, UnprotectNext, UnprotectNext], Kinds(space));
        Assert.All(
            space.Actions.Skip(1),
            action => Assert.Equal(MemoryProtection.ReadWrite, action.Rights));
    }

    [Fact]
    public void A_fault_that_protection_asked_for_goes_to_the_handler_or_ends_the_program()
    {
        var space = Written(pages: 1);
        space.Protect(First, 1, MemoryProtection.Read);
        Assert.Equal(FaultVerdict.Refused, space.Fault(First, isWrite: true));
        space.HasHandler = true;
        Assert.Equal(FaultVerdict.Delivered, space.Fault(First, isWrite: true));
        Assert.Equal([Lookup, Deliver], Kinds(space));
        Assert.Equal(FaultVerdict.Resolved, space.Fault(First, isWrite: false));
    }

    [Fact]
    public void After_a_fork_the_first_writer_copies_and_the_last_takes_the_frame_over()
    {
        var parent = Written(pages: 1);
        var child = parent.Fork();
        Assert.Equal([Lookup, Protect], Kinds(parent));
        Assert.Equal(MemoryProtection.Read, parent.Actions[^1].Rights);
        Assert.Equal([Map], Kinds(child));
        Assert.Equal(MemoryProtection.Read, child.Actions[^1].Rights);
        child.Fault(First, isWrite: true);
        Assert.Equal([Lookup, Unmap, Copy, Map], Kinds(child));
        Assert.NotEqual(parent.FrameOf(First), child.FrameOf(First));
        parent.Fault(First, isWrite: true);
        Assert.Equal([Lookup, ChangeRights], Kinds(parent));
        Assert.Equal(2, frames.UsedCount);
    }

    [Fact]
    public void A_written_page_goes_to_the_store_and_a_clean_one_just_goes()
    {
        var space = Make(limit: 1);
        space.Map(First, 2, MemoryProtection.ReadWrite);
        space.Fault(First, isWrite: true);
        space.Fault(First + 1, isWrite: false);
        Assert.Equal([Lookup, Unmap, PageOut, Zero, Map], Kinds(space));
        space.Fault(First, isWrite: false);
        Assert.Equal([Lookup, Unmap, PageIn, Map], Kinds(space));
        Assert.Equal(1, space.ResidentCount);
    }

    [Fact]
    public void What_is_given_up_no_other_space_has_and_what_others_have_stays_mapped()
    {
        var few = new FramePool();
        few.Grant([100, 101, 102, 103, 104, 105]);
        var parent = new VirtualAddressSpace(new VirtualMemoryOptions
        {
            FirstPage = First,
            Frames = few,
            Store = store,
        });
        parent.Map(First, 4, MemoryProtection.ReadWrite);
        for (var page = First; page < First + 4; page++)
            parent.Fault(page, isWrite: true);
        var child = parent.Fork();
        parent.Fault(First, isWrite: true);
        Assert.Equal((1, 1), (few.CountFree(), parent.CountAlone()));

        Assert.Equal([105L, 104L], parent.GiveUp(4));
        Assert.Equal([Unmap, PageOut], Kinds(parent));
        Assert.All(parent.Actions, action => Assert.Equal(First, action.Page));
        Assert.Equal(
            [101L, 102L, 103L], parent.Resident().Select(page => page.Frame));
        Assert.Equal(4, child.Resident().Count());
    }

    [Fact]
    public void A_full_store_is_an_answer()
    {
        var space = new VirtualAddressSpace(new VirtualMemoryOptions
        {
            FirstPage = First,
            Frames = frames,
            Store = new MemoryBackingStore(1, 0),
            FrameLimit = 1,
        });
        space.Map(First, 3, MemoryProtection.ReadWrite);
        space.Fault(First, isWrite: true);
        Assert.Equal(FaultVerdict.Resolved, space.Fault(First + 1, isWrite: true));
        Assert.Equal(FaultVerdict.OutOfMemory, space.Fault(First + 2, isWrite: true));
    }

    [Fact]
    public void A_refused_call_changes_nothing()
    {
        var space = Written(pages: 2);
        Assert.Equal(
            MemoryRefusal.AlreadyMapped, space.Map(First, 1, MemoryProtection.Read));
        Assert.Equal(MemoryRefusal.BadRange, space.Map(First - 1, 1, MemoryProtection.Read));
        Assert.Equal(MemoryRefusal.BadRange, space.Map(First, 0, MemoryProtection.Read));
        Assert.Equal(
            MemoryRefusal.BadRange,
            space.Map(First + VirtualMemoryOptions.RangePages, 1, MemoryProtection.Read));
        Assert.Equal(
            MemoryRefusal.TooManyPages, space.Map(First + 2, 1 << 16, MemoryProtection.Read));
        Assert.Equal(
            MemoryRefusal.NotMapped, space.Protect(First + 1, 2, MemoryProtection.Read));
        Assert.Equal(MemoryRefusal.NotMapped, space.Unmap(First + 1, 2));
        Assert.Equal(MemoryRefusal.NotMapped, space.Clean(First + 2));
        Assert.Equal(2, space.ResidentCount);
        Assert.True(space.IsDirty(First + 1));
    }

    [Fact]
    public void A_scan_over_more_than_memory_holds_favours_the_most_recently_used()
    {
        const int Pages = 20;
        const int Limit = 16;
        const int Rounds = 10;
        Assert.Equal(Pages * Rounds, Faults("lru"));
        var mru = Faults("mru");
        Assert.InRange(mru, Pages, Pages + (Rounds * (Pages - Limit + 2)));

        int Faults(string policy)
        {
            var space = Make(Limit, policy);
            space.Map(First, Pages, MemoryProtection.ReadWrite);
            var faults = 0;
            for (var access = 0; access < Pages * Rounds; access++)
            {
                var page = First + (access % Pages);
                if (space.FrameOf(page) != MemoryAction.NoFrame)
                    continue;
                space.Fault(page, isWrite: false);
                faults++;
            }

            space.Release();
            return faults;
        }
    }

    private static MemoryActionKind[] Kinds(IVirtualMemory space) =>
        [.. space.Actions.Select(action => action.Kind)];

    private VirtualAddressSpace Make(int limit = 64, string policy = "lru") => new(
        new VirtualMemoryOptions
        {
            FirstPage = First,
            Frames = frames,
            Store = store,
            Policy = policy,
            FrameLimit = limit,
        });

    private VirtualAddressSpace Written(int pages)
    {
        var space = Make();
        space.Map(First, pages, MemoryProtection.ReadWrite);
        for (var page = First; page < First + pages; page++)
            space.Fault(page, isWrite: true);
        return space;
    }
}
