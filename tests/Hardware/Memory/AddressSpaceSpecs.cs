using CsCheck;
using Disguise.Hardware.Memory;
using Xunit;

namespace Disguise.Hardware.Tests.Memory;

public class AddressSpaceSpecs
{
    private readonly MemoryScene scene = new();

    [Theory]
    [InlineData(PageRights.None, Access.Read, PageFaultReason.SupervisorOnly)]
    [InlineData(PageRights.None, Access.Supervisor, PageFaultReason.None)]
    [InlineData(PageRights.None, Access.Supervisor | Access.Write, PageFaultReason.NotWritable)]
    [InlineData(PageRights.User, Access.Write, PageFaultReason.NotWritable)]
    [InlineData(PageRights.User, Access.Execute, PageFaultReason.NotExecutable)]
    [InlineData(PageRights.User | PageRights.Executable, Access.Execute, PageFaultReason.None)]
    [InlineData(PageRights.User | PageRights.Writable, Access.Write, PageFaultReason.None)]
    public void Rights_decide(PageRights rights, Access access, PageFaultReason expected)
    {
        var table = scene.NewTable();
        var frame = scene.MapFresh(table, 0x1000, rights);
        var space = new AddressSpace(scene.Memory, new AddressSpaceId(1), table.RootAddress);

        var isAllowed = space.Translate(0x1008, access, out var at, out var fault);

        Assert.Equal(expected == PageFaultReason.None, isAllowed);
        Assert.Equal(expected, fault.Reason);
        if (isAllowed) Assert.Equal(frame + 8, at);
        else Assert.Equal(new PageFault(0x1008, access, expected), fault);
        Assert.Equal(4, space.WalkReferences);
    }

    [Fact]
    public void A_walk_sets_accessed_and_a_write_sets_dirty()
    {
        var table = scene.NewTable();
        scene.MapFresh(table, 0x1000);
        var space = new AddressSpace(scene.Memory, new AddressSpaceId(1), table.RootAddress);

        space.Translate(0x1000, Access.Read, out _, out _);
        table.TryWalk(0x1000, out var read);
        space.Translate(0x1000, Access.Write, out _, out _);
        table.TryWalk(0x1000, out var written);
        table.ClearUse(0x1000);
        table.TryWalk(0x1000, out var cleared);

        Assert.Equal((true, false), (read.IsAccessed, read.IsDirty));
        Assert.Equal((true, true), (written.IsAccessed, written.IsDirty));
        Assert.Equal((false, false), (cleared.IsAccessed, cleared.IsDirty));
    }

    [Fact]
    public void A_table_that_points_outside_memory_is_a_fault_and_not_a_crash()
    {
        var table = scene.NewTable();
        scene.Memory.WriteUInt64(table.RootAddress, (1UL << 45) | 7);
        var space = new AddressSpace(scene.Memory, new AddressSpaceId(1), table.RootAddress);

        Assert.False(space.Translate(0x1000, Access.Read, out _, out var fault));

        Assert.Equal(PageFaultReason.AddressOutOfRange, fault.Reason);
    }

    [Fact]
    public void A_two_stage_walk_makes_twenty_four_references()
    {
        var (first, second, host) = scene.NewNested(16);
        first.Map(0x7000_0000, Frame.AddressOf(9), MemoryScene.UserData);
        var space = new AddressSpace(
            scene.Memory, new AddressSpaceId(1), first.RootAddress, second.RootAddress);

        Assert.True(space.Translate(0x7000_0123, Access.Write, out var at, out _));

        Assert.Equal(host[9] + 0x123, at);
        // And four times four: setting an accessed bit translates the table again, to write it.
        Assert.Equal(24 + 16, space.WalkReferences);
        space.Translate(0x7000_0123, Access.Write, out _, out _);
        Assert.Equal(24 + 16 + 24, space.WalkReferences);
    }

    [Fact]
    public void The_second_stage_refuses_what_the_first_allows()
    {
        var (first, second, _) = scene.NewNested(16);
        first.Map(0x1000, Frame.AddressOf(12), MemoryScene.UserData);
        first.Map(0x2000, Frame.AddressOf(200), MemoryScene.UserData);
        second.Protect((ulong)Frame.AddressOf(12), PageRights.None);
        var space = new AddressSpace(
            scene.Memory, new AddressSpaceId(1), first.RootAddress, second.RootAddress);

        Assert.True(space.Translate(0x1000, Access.Read, out _, out _));
        Assert.False(space.Translate(0x1008, Access.Write, out _, out var written));
        Assert.False(space.Translate(0x2008, Access.Read, out _, out var absent));

        Assert.Equal(
            new PageFault(
                0x1008, Access.Write, PageFaultReason.NotWritable, 2, Frame.AddressOf(12) + 8),
            written);
        Assert.Equal(
            new PageFault(
                0x2008, Access.Read, PageFaultReason.NotPresent, 2, Frame.AddressOf(200) + 8),
            absent);
    }

    [Fact]
    public void A_first_stage_table_outside_the_second_stage_is_unreachable()
    {
        var (first, second, host) = scene.NewNested(16);
        first.Map(0x1000, Frame.AddressOf(9), MemoryScene.UserData);
        // The guest points its root at a frame that is not its own.
        scene.Memory.WriteUInt64(host[0], (ulong)Frame.AddressOf(500) | 7);
        var space = new AddressSpace(
            scene.Memory, new AddressSpaceId(1), first.RootAddress, second.RootAddress);

        Assert.False(space.Translate(0x1000, Access.Read, out _, out var fault));

        Assert.Equal((byte)2, fault.Stage);
        Assert.Equal(Frame.AddressOf(500), fault.GuestPhysicalAddress);
    }

    [Fact]
    public void Two_stages_are_the_composition_of_their_tables()
    {
        var map = Gen.Select(Gen.Int[0, 40], Gen.Int[8, 63], Gen.Int[0, 7]);
        var probe = Gen.Select(Gen.Int[0, 41], Gen.Int[0, 4095], Gen.Int[0, 3]);
        var holes = Gen.Select(Gen.Int[8, 63], Gen.Int[0, 7]);
        Gen.Select(map.Array[1, 40], holes.Array[0, 20], probe.Array[1, 60]).Sample(
            (maps, changes, probes) =>
            {
                var here = new MemoryScene();
                var (first, second, _) = here.NewNested(64);
                foreach (var (page, guest, rights) in maps)
                {
                    first.Map((ulong)page << 12, Frame.AddressOf(guest), (PageRights)rights);
                }
                foreach (var (guest, rights) in changes)
                {
                    if (rights == 7) second.Unmap((ulong)Frame.AddressOf(guest));
                    else second.Protect((ulong)Frame.AddressOf(guest), (PageRights)rights);
                }
                var space = new AddressSpace(
                    here.Memory, new AddressSpaceId(1), first.RootAddress, second.RootAddress);
                foreach (var (page, offset, access) in probes)
                {
                    var at = ((ulong)page << 12) + (ulong)offset;
                    var expected = Compose(first, second, at, (Access)access);
                    var isAllowed = space.Translate(at, (Access)access, out var physical, out _);
                    Assert.Equal(expected, isAllowed ? physical : -1);
                }
            },
            iter: 300);
    }

    private static long Compose(PageTable first, PageTable second, ulong at, Access access)
    {
        const PageRights User = PageRights.User;
        if (!first.TryWalk(at, out var guest) || !Allows(guest.Rights, access)) return -1;
        return second.TryWalk((ulong)guest.PhysicalAddress, out var host)
            && Allows(host.Rights | User, access)
                ? host.PhysicalAddress
                : -1;
    }

    private static bool Allows(PageRights rights, Access access) =>
        rights.HasFlag(PageRights.User)
        && (!access.HasFlag(Access.Write) || rights.HasFlag(PageRights.Writable))
        && (!access.HasFlag(Access.Execute) || rights.HasFlag(PageRights.Executable));
}
