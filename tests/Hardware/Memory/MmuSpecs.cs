using CsCheck;
using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Hardware.PciExpress;
using Xunit;

namespace Disguise.Hardware.Tests.Memory;

public class MmuSpecs
{
    private readonly MemoryScene scene = new();

    [Fact]
    public void An_access_over_a_page_boundary_moves_all_bytes_or_none()
    {
        var table = scene.NewTable();
        var first = scene.MapFresh(table, 0x1000);
        var mmu = scene.NewMmu(SpaceOf(table));

        Assert.False(mmu.TryWriteUInt64(0x1FFC, ulong.MaxValue, out var fault));
        Assert.Equal(new PageFault(0x2000, Access.Write, PageFaultReason.NotPresent), fault);
        Assert.Equal(0U, scene.Memory.ReadUInt32(first + 0xFFC));

        var second = scene.MapFresh(table, 0x2000);
        Assert.True(mmu.TryWriteUInt64(0x1FFC, 0x1122334455667788, out _));
        Assert.Equal(0x55667788U, scene.Memory.ReadUInt32(first + 0xFFC));
        Assert.Equal(0x11223344U, scene.Memory.ReadUInt32(second));
        Assert.True(mmu.TryReadUInt64(0x1FFC, out var value, out _));
        Assert.Equal(0x1122334455667788UL, value);
    }

    [Fact]
    public void Misses_are_told_once_so_that_a_context_can_be_charged()
    {
        var table = scene.NewTable();
        scene.MapFresh(table, 0x1000);
        var mmu = scene.NewMmu(SpaceOf(table));

        mmu.TryReadUInt32(0x1000, out _, out _);
        mmu.TryReadUInt32(0x1004, out _, out _);
        Assert.Equal((1L, 4L), (mmu.TakeTlbMisses(), mmu.TakeWalkReferences()));
        Assert.Equal((0L, 0L), (mmu.TakeTlbMisses(), mmu.TakeWalkReferences()));

        // The first write has to set the dirty bit; the second has nothing to walk for.
        mmu.TryWriteUInt32(0x1000, 1, out _);
        mmu.TryWriteUInt32(0x1000, 1, out _);
        Assert.Equal(1, mmu.TakeTlbMisses());
    }

    [Fact]
    public void A_withdrawn_page_stays_readable_until_the_tlb_is_flushed()
    {
        var table = scene.NewTable();
        scene.MapFresh(table, 0x1000);
        var mmu = scene.NewMmu(SpaceOf(table));
        mmu.TryReadUInt32(0x1000, out _, out _);
        table.Unmap(0x1000);

        Assert.True(mmu.TryReadUInt32(0x1000, out _, out _));
        mmu.Tlb.FlushPage(mmu.Current!.Id, 0x1000);

        Assert.False(mmu.TryReadUInt32(0x1000, out _, out var fault));
        Assert.Equal(PageFaultReason.NotPresent, fault.Reason);
    }

    [Fact]
    public void Without_page_protection_a_write_to_a_read_only_page_succeeds()
    {
        var table = scene.NewTable();
        var secret = scene.MapFresh(table, 0x1000, PageRights.None);
        var elsewhere = scene.NewFrame();
        scene.Memory.WriteUInt32(secret, 42);
        scene.Memory.WriteUInt32(elsewhere, 43);
        var guarded = scene.NewMmu(SpaceOf(table));
        var open = scene.NewMmu(SpaceOf(table), Guards.AllBut(MemoryGuards.PageProtection));

        Assert.False(guarded.TryReadUInt32(0x1000, out _, out _));
        Assert.False(guarded.TryWriteUInt32(0x1000, 7, out _));
        Assert.False(guarded.TryReadUInt32((ulong)elsewhere, out _, out _));
        Assert.Equal(42U, scene.Memory.ReadUInt32(secret));

        Assert.True(open.TryReadUInt32((ulong)elsewhere, out var stolen, out _));
        Assert.True(open.TryWriteUInt32(0x1000, 7, out _));
        Assert.Equal(43U, stolen);
        Assert.Equal(7U, scene.Memory.ReadUInt32(secret));
    }

    [Fact]
    public void A_register_page_is_translated_and_never_moved()
    {
        var table = scene.NewTable();
        var region = new MmioRegion(
            MemoryScene.MmioFirstAddress + 0x10000, 0x4000, 64, FunctionId.Of(3, 0, 0), 0);
        scene.Mmio.Add(region);
        table.Map(0x9000, region.FirstAddress + 0x9000, MemoryScene.UserData);
        var mmu = scene.NewMmu(SpaceOf(table));

        Assert.False(mmu.TryWriteUInt32(0x9018, 1, out var fault));
        Assert.Equal(PageFaultReason.MemoryMappedRegister, fault.Reason);
        Assert.True(mmu.TryTranslate(0x9018, Access.Write, out var translation, out _));
        Assert.Equal(TranslationKind.Mmio, translation.Kind);
        Assert.True(scene.Mmio.TryFind(translation.PhysicalAddress, out var found, out var offset));

        Assert.Same(region, found);
        Assert.Equal((2, 0x1018L), (found.WindowOf(offset), found.OffsetInWindow(offset)));
        Assert.False(scene.Mmio.TryFind(region.EndAddress, out _, out _));
        Assert.False(scene.Mmio.TryFind(region.FirstAddress - 1, out _, out _));
    }

    [Fact]
    public void A_page_between_memory_and_registers_is_out_of_range()
    {
        var table = scene.NewTable();
        table.Map(0x1000, scene.Memory.SizeBytes, MemoryScene.UserData);
        var mmu = scene.NewMmu(SpaceOf(table));

        Assert.False(mmu.TryReadUInt32(0x1000, out _, out var fault));
        Assert.Equal(PageFaultReason.AddressOutOfRange, fault.Reason);
        Assert.False(mmu.TryRead(ulong.MaxValue - 3, new byte[8], out fault));
        Assert.Equal(PageFaultReason.NotCanonical, fault.Reason);
    }

    [Fact]
    public void Address_spaces_do_not_see_each_others_translations()
    {
        var (one, two) = (scene.NewTable(), scene.NewTable());
        scene.Memory.WriteUInt32(scene.MapFresh(one, 0x1000), 1);
        scene.Memory.WriteUInt32(scene.MapFresh(two, 0x1000), 2);
        var mmu = scene.NewMmu(SpaceOf(one));
        mmu.TryReadUInt32(0x1000, out var first, out _);
        mmu.Activate(SpaceOf(two, 2));
        mmu.TryReadUInt32(0x1000, out var second, out _);

        Assert.Equal((1U, 2U), (first, second));
    }

    [Fact]
    public void A_flushed_translation_never_comes_back()
    {
        var operation = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 12], Gen.Int[0, 7]);
        operation.Array[1, 200].Sample(
            operations =>
            {
                var here = new MemoryScene();
                var table = here.NewTable();
                var mmu = here.NewMmu(SpaceOf(table, at: here), capacity: 8, ways: 2);
                foreach (var (kind, page, rights) in operations)
                {
                    var at = (ulong)page << 12;
                    if (kind == 0) table.Map(at, here.NewFrame(), (PageRights)rights);
                    if (kind == 1) table.Unmap(at);
                    if (kind == 2) table.Protect(at, (PageRights)rights);
                    // The rule for software: flush after every change that takes away.
                    if (kind is 1 or 2) mmu.Tlb.FlushPage(mmu.Current!.Id, at);
                    var access = (Access)rights;
                    var isAllowed = mmu.TryTranslate(at + 3, access, out var translation, out _);
                    var fresh = SpaceOf(table, at: here)
                        .Translate(at + 3, access, out var physical, out _);
                    Assert.Equal(fresh, isAllowed);
                    Assert.Equal(fresh ? physical : 0, translation.PhysicalAddress);
                }
            },
            iter: 1000);
    }

    private AddressSpace SpaceOf(PageTable table, ushort id = 1, MemoryScene? at = null) =>
        new((at ?? scene).Memory, new AddressSpaceId(id), table.RootAddress);
}
