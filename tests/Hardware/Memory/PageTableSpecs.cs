using CsCheck;
using Disguise.Hardware.Memory;
using Xunit;

namespace Disguise.Hardware.Tests.Memory;

public class PageTableSpecs
{
    private readonly MemoryScene scene = new();

    [Fact]
    public void Entries_have_the_bits_of_the_processor_manual()
    {
        var table = scene.NewTable();
        table.Map(0x7F_1234_5000, 0xABC000, PageRights.User);

        var at = table.RootAddress;
        int[] indexes = [0, 0x1FC, 0x91, 0x145];
        ulong entry = 0;
        foreach (var index in indexes)
        {
            entry = scene.Memory.ReadUInt64(at + (index * 8));
            at = (long)(entry & 0x000F_FFFF_FFFF_F000);
        }

        Assert.Equal(0x8000_0000_00AB_C005UL, entry);
    }

    [Fact]
    public void Mapping_twice_is_refused_and_changes_nothing()
    {
        var table = scene.NewTable();
        Assert.Equal(MapResult.Mapped, table.Map(0x1000, 0x5000, PageRights.None));

        Assert.Equal(MapResult.AlreadyMapped, table.Map(0x1000, 0x6000, PageRights.Writable));

        Assert.True(table.TryWalk(0x1234, out var mapping));
        Assert.Equal(
            new PageMapping(0x5234, PageRights.None, PageSize.Small, false, false), mapping);
    }

    [Fact]
    public void A_page_is_led_elsewhere_in_one_write_that_takes_and_gives_back_no_table()
    {
        var table = scene.NewTable();
        table.Map(0x1000, 0x5000, PageRights.User);
        var free = scene.Frames.FreeFrameCount;

        Assert.True(table.Remap(0x1000, 0x7000, PageRights.Writable));

        Assert.True(table.TryWalk(0x1234, out var mapping));
        Assert.Equal(
            new PageMapping(0x7234, PageRights.Writable, PageSize.Small, false, false), mapping);
        Assert.Equal(free, scene.Frames.FreeFrameCount);
        Assert.False(table.Remap(0x2000, 0x7000, PageRights.User));
        Assert.False(table.Remap(0x1008, 0x7000, PageRights.User));
        Assert.False(table.Remap(0x1000, 0x7008, PageRights.User));
        table.Map(0x20_0000, 0, PageRights.User, PageSize.Large);
        Assert.False(table.Remap(0x20_0000, 0x7000, PageRights.User));
    }

    [Theory]
    [InlineData(0x0000_8000_0000_0000UL, 0L, PageSize.Small)]
    [InlineData(0x1001UL, 0L, PageSize.Small)]
    [InlineData(0x1000UL, 8L, PageSize.Small)]
    [InlineData(0x1000UL, 0L, PageSize.Large)]
    [InlineData(0x1000UL, 1L << 52, PageSize.Small)]
    public void Addresses_that_no_entry_can_hold_are_refused(
        ulong virtualAddress, long physicalAddress, PageSize size)
    {
        var table = scene.NewTable();

        Assert.Equal(
            MapResult.BadAddress,
            table.Map(virtualAddress, physicalAddress, PageRights.User, size));
        Assert.Equal(1, scene.Frames.FrameCount - scene.Frames.FreeFrameCount);
    }

    [Fact]
    public void When_frames_run_out_the_tables_already_made_are_given_back()
    {
        var small = new MemoryScene(4 * Frame.SizeBytes);
        var table = small.NewTable();
        small.NewFrame();
        var before = small.Memory.TouchedBytes;

        Assert.Equal(MapResult.OutOfFrames, table.Map(0x1000, 0x3000, PageRights.User));

        Assert.Equal(2, small.Frames.FreeFrameCount);
        Assert.InRange(small.Memory.TouchedBytes, before, before + PhysicalMemory.LineSizeBytes);
        Assert.False(table.TryWalk(0x1000, out _));
    }

    [Fact]
    public void Unmapping_the_last_page_gives_all_tables_but_the_root_back()
    {
        var table = scene.NewTable();
        table.Map(0x1000, 0x5000, PageRights.User);
        table.Map(0xFFFF_FFFF_FFFF_F000, 0x6000, PageRights.User);
        Assert.Equal(7, scene.Frames.FrameCount - scene.Frames.FreeFrameCount);

        Assert.True(table.Unmap(0x1000));
        Assert.Equal(4, scene.Frames.FrameCount - scene.Frames.FreeFrameCount);
        Assert.True(table.Unmap(0xFFFF_FFFF_FFFF_F000));
        Assert.False(table.Unmap(0xFFFF_FFFF_FFFF_F000));

        Assert.Equal(1, scene.Frames.FrameCount - scene.Frames.FreeFrameCount);
        table.ReleaseTables();
        Assert.Empty(scene.Frames.Extents);
        Assert.Equal(0, scene.Memory.TouchedBytes);
    }

    [Fact]
    public void Releasing_a_table_frees_every_frame_it_stands_in()
    {
        var table = scene.NewTable();
        for (var page = 0; page < 200; page++)
        {
            table.Map((ulong)page << (12 + (page % 3 * 9)), page << 12, PageRights.User);
        }
        table.Map(1UL << 40, 1 << 21, PageRights.User, PageSize.Large);

        table.ReleaseTables();

        Assert.Empty(scene.Frames.Extents);
        Assert.Equal(0, scene.Memory.TouchedBytes);
    }

    [Fact]
    public void A_large_page_maps_two_mebibytes_and_excludes_small_ones()
    {
        var table = scene.NewTable();
        table.Map(0x40_0000, 0x60_0000, PageRights.User, PageSize.Large);

        Assert.True(table.TryWalk(0x5F_FFFF, out var mapping));
        Assert.Equal(0x7F_FFFF, mapping.PhysicalAddress);
        Assert.Equal(PageSize.Large, mapping.Size);
        Assert.Equal(MapResult.AlreadyMapped, table.Map(0x50_0000, 0x1000, PageRights.User));
        Assert.True(table.Unmap(0x5F_F000));
        Assert.Equal(MapResult.Mapped, table.Map(0x50_0000, 0x1000, PageRights.User));
        Assert.Equal(
            MapResult.AlreadyMapped,
            table.Map(0x40_0000, 0x60_0000, PageRights.User, PageSize.Large));
    }

    [Fact]
    public void Any_sequence_of_maps_agrees_with_a_dictionary_of_pages()
    {
        var page = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 511])
            .Select((a, b, c, d) => Canonical(
                ((ulong)(a * 170) << 39) | ((ulong)b << 30) | ((ulong)c << 21) | ((ulong)d << 12)));
        var operation = Gen.Select(Gen.Int[0, 3], page, Gen.Int[0, 1 << 20], Gen.Int[0, 7]);
        operation.Array[1, 300].Sample(
            operations =>
            {
                var here = new MemoryScene();
                var table = here.NewTable();
                var model = new SortedDictionary<ulong, (long Physical, PageRights Rights)>();
                foreach (var (kind, at, frame, bits) in operations)
                {
                    Apply(table, model, kind, at, Frame.AddressOf(frame), (PageRights)bits);
                }
                foreach (var (at, expected) in model)
                {
                    Assert.True(table.TryWalk(at + 77, out var mapping));
                    Assert.Equal(expected.Physical + 77, mapping.PhysicalAddress);
                    Assert.Equal(expected.Rights, mapping.Rights);
                }
                foreach (var at in model.Keys.ToArray()) Assert.True(table.Unmap(at));
                Assert.Equal(1, here.Frames.FrameCount - here.Frames.FreeFrameCount);
            },
            iter: 300);
    }

    private static ulong Canonical(ulong address) => (ulong)((long)(address << 16) >> 16);

    private static void Apply(
        PageTable table, SortedDictionary<ulong, (long Physical, PageRights Rights)> model,
        int kind, ulong at, long physical, PageRights rights)
    {
        var isMapped = model.ContainsKey(at);
        switch (kind)
        {
            case 0 or 1:
                Assert.Equal(
                    isMapped ? MapResult.AlreadyMapped : MapResult.Mapped,
                    table.Map(at, physical, rights));
                model.TryAdd(at, (physical, rights));
                break;
            case 2:
                Assert.Equal(isMapped, table.Unmap(at + 5));
                model.Remove(at);
                break;
            default:
                Assert.Equal(isMapped, table.Protect(at + 5, rights));
                if (isMapped) model[at] = (model[at].Physical, rights);
                break;
        }
    }
}
