using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Xunit;

namespace Disguise.Hardware.Tests.Memory;

public class SoftwareRefillSpecs
{
    private const ulong Page = 0x40_0000;
    private const ulong ReadOnly = PageTableEntry.Present | PageTableEntry.User;
    private const ulong Writable = ReadOnly | PageTableEntry.Writable;

    private readonly MemoryScene scene = new();
    private readonly byte[] bytes = new byte[8];

    [Fact]
    public void A_miss_is_a_fault_though_the_tables_hold_the_page()
    {
        var mmu = scene.NewSoftwareMmu();
        mmu.Activate(MappedSpace(1, out _));

        Assert.False(mmu.TryRead(Page, bytes, out var fault));

        Assert.Equal((PageFaultReason.TlbMiss, Page), (fault.Reason, fault.VirtualAddress));
        Assert.Equal((0L, 0L), (mmu.TakeWalkReferences(), mmu.TakeTlbMisses()));
    }

    [Fact]
    public void What_software_enters_is_used_with_its_rights()
    {
        var mmu = scene.NewSoftwareMmu();
        var space = MappedSpace(1, out var frame);
        mmu.Activate(space);

        mmu.Tlb.Insert(space.Id, Page, ReadOnly | (ulong)frame);
        Assert.True(mmu.TryRead(Page, bytes, out _));
        Assert.False(mmu.TryWrite(Page, bytes, out var fault));
        Assert.Equal(PageFaultReason.NotWritable, fault.Reason);

        mmu.Tlb.Insert(space.Id, Page, Writable | (ulong)frame);
        Assert.True(mmu.TryWrite(Page, bytes, out _));
    }

    [Fact]
    public void Without_page_protection_a_write_to_a_read_only_page_succeeds()
    {
        var mmu = scene.NewSoftwareMmu(Guards.AllBut(MemoryGuards.PageProtection));
        var space = MappedSpace(1, out var frame);
        mmu.Activate(space);
        mmu.Tlb.Insert(space.Id, Page, ReadOnly | (ulong)frame);

        Assert.True(mmu.TryWrite(Page, bytes, out _));
    }

    [Fact]
    public void A_translation_of_another_address_space_is_not_used()
    {
        var mmu = scene.NewSoftwareMmu();
        var space = MappedSpace(1, out var frame);
        mmu.Activate(MappedSpace(2, out _));
        mmu.Tlb.Insert(space.Id, Page, Writable | (ulong)frame);

        Assert.False(mmu.TryRead(Page, bytes, out var fault));
        Assert.Equal(PageFaultReason.TlbMiss, fault.Reason);
    }

    [Fact]
    public void A_handler_refills_within_the_access_and_each_miss_is_counted()
    {
        var mmu = scene.NewSoftwareMmu();
        mmu.RefillHandler = new TableHandler();
        mmu.Activate(MappedSpace(1, out _));

        Assert.True(mmu.TryWrite(Page, bytes, out _));
        Assert.True(mmu.TryWrite(Page, bytes, out _));
        Assert.Equal(1, mmu.TakeTlbMisses());

        Assert.False(mmu.TryRead(Page + 0x10_0000, bytes, out var fault));
        Assert.Equal(PageFaultReason.NotPresent, fault.Reason);
        Assert.Equal(1, mmu.TakeTlbMisses());
    }

    [Fact]
    public void A_sixty_fifth_address_space_takes_the_tag_of_the_first()
    {
        var mmu = scene.NewSoftwareMmu();
        var spaces = new List<AddressSpace>();
        for (var number = 1; number <= TlbModel.SoftwareTags + 1; number++)
            spaces.Add(MappedSpace((ushort)number, out _));
        mmu.Activate(spaces[0]);
        mmu.Tlb.Insert(spaces[0].Id, Page, Writable);
        for (var number = 1; number < TlbModel.SoftwareTags; number++)
            mmu.Activate(spaces[number]);
        Assert.True(mmu.Tlb.TryProbe(spaces[0].Id, Page, out _));

        mmu.Activate(spaces[TlbModel.SoftwareTags]);

        Assert.False(mmu.Tlb.TryProbe(spaces[0].Id, Page, out _));
    }

    private AddressSpace MappedSpace(ushort id, out long frame)
    {
        var table = scene.NewTable();
        frame = scene.MapFresh(table, Page);
        return new AddressSpace(scene.Memory, new AddressSpaceId(id), table.RootAddress);
    }

    private sealed class TableHandler : ITlbRefillHandler
    {
        public bool TryFind(
            AddressSpace space, ulong virtualAddress, Access access, out ulong entry,
            out PageFault fault) => space.TryWalk(virtualAddress, access, out entry, out fault);
    }
}
