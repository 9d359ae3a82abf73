using CsCheck;
using Disguise.Kernels.Exokernel.Regions;

namespace Disguise.Kernels.Tests.Exokernel.Regions;

public class RegionBookSpecs
{
    [Fact]
    public void Parts_of_one_page_are_opened_by_different_capabilities()
    {
        var scene = new RegionScene().Give(0, 1, 5).Give(1, 3).Give(2, 7);
        var forOne = scene.Make(0, 5, 100, 50, reader: 3, writer: 3);
        var forBoth = scene.Make(0, 5, 150, 10, reader: 21, writer: 7);

        Assert.Equal(RegionRefusal.None, scene.CheckWrite(1, forOne, 0, 50));
        Assert.Equal(RegionRefusal.NotOpened, scene.CheckRead(2, forOne, 0, 1));
        Assert.Equal(RegionRefusal.None, scene.CheckRead(1, forBoth, 0, 10));
        Assert.Equal(RegionRefusal.NotOpened, scene.CheckWrite(1, forBoth, 0, 10));
        Assert.Equal(RegionRefusal.None, scene.CheckWrite(2, forBoth, 0, 10));
        Assert.Equal(
            RegionRefusal.NotOpened,
            scene.Book.CheckAccess(2, 2, forBoth, 0, 10, isWrite: true));
    }

    [Fact]
    public void What_is_written_by_a_call_stands_in_memory_and_is_read_by_a_call()
    {
        var scene = new RegionScene().Give(0, 1, 5);
        var region = scene.Make(0, 5, 4090, 6, reader: 1, writer: 1);
        scene.Book.Write(region, 2, [9, 8, 7]);
        Assert.Equal([0, 0, 9, 8, 7, 0], scene.Read(region, 0, 6));
        Assert.Equal(9u, scene.Memory.ReadUInt32((5 * 4096) + 4092) & 0xFF);
    }

    [Fact]
    public void An_access_beyond_the_region_is_refused()
    {
        var scene = new RegionScene().Give(0, 1, 5);
        var region = scene.Make(0, 5, 0, 16, reader: 1, writer: 1);
        foreach (var (offset, length) in new[]
            { (0, 17), (16, 1), (-1, 4), (0, 0), (8, int.MaxValue), (int.MaxValue, 1) })
            Assert.Equal(RegionRefusal.BadRange, scene.CheckRead(0, region, offset, length));
        Assert.Throws<InvalidOperationException>(() => scene.Read(region, 8, 9));
    }

    [Fact]
    public void A_region_lies_in_one_frame_that_nobody_maps_and_in_no_other_region()
    {
        var scene = new RegionScene().Give(0, 1, 5, 6).Give(1, 1, 6);
        Assert.False(scene.Book.HasRegion(5));
        scene.Make(0, 5, 100, 50, 1, 1);
        Assert.True(scene.Book.HasRegion(5));
        Assert.Equal(RegionRefusal.Overlaps, Create(0, 5, 149, 10));
        Assert.Equal(RegionRefusal.Overlaps, Create(0, 5, 0, 4096));
        Assert.Equal(RegionRefusal.None, Create(0, 5, 150, 3946));
        Assert.Equal(RegionRefusal.BadRange, Create(0, 5, 150, 3947));
        Assert.Equal(RegionRefusal.BadRange, Create(0, 5, 0, 0));
        Assert.Equal(RegionRefusal.BadRange, Create(0, 256, 0, 1));
        Assert.Equal(RegionRefusal.FrameNotGiven, Create(0, 7, 0, 1));
        scene.Make(1, 6, 0, 8, 1, 1);
        Assert.Equal(RegionRefusal.FrameNotGiven, Create(0, 6, 8, 8));

        RegionRefusal Create(int environment, long frame, int offset, int length) =>
            scene.Book.CheckCreate(environment, 1, new RegionRange(frame, offset, length));
    }

    [Fact]
    public void Regions_run_out_and_their_numbers_are_not_used_again()
    {
        var scene = new RegionScene().Give(0, 1, 5);
        var first = scene.Make(0, 5, 0, 8, 1, 1);
        for (var number = 1; number < 8; number++)
            scene.Make(0, 5, number * 8, 8, 1, 1);
        var range = new RegionRange(5, 64, 8);
        Assert.Equal(RegionRefusal.TooMany, scene.Book.CheckCreate(0, 1, range));

        Assert.Equal(RegionRefusal.NotTheOwner, scene.Book.CheckRemove(1, first));
        Assert.Equal(RegionRefusal.None, scene.Book.CheckRemove(0, first));
        scene.Book.Remove(first);
        var second = scene.Make(0, 5, 64, 8, 1, 1);
        Assert.Equal(first.Slot, second.Slot);
        Assert.Equal(RegionRefusal.NoSuchRegion, scene.CheckRead(0, first, 0, 1));
        Assert.Equal(RegionRefusal.None, scene.CheckRead(0, second, 0, 1));
    }

    [Fact]
    public void Regions_end_with_their_frame_and_with_their_owner()
    {
        var scene = new RegionScene().Give(0, 1, 5, 6).Give(1, 1, 7);
        var inFive = scene.Make(0, 5, 0, 8, 1, 1);
        scene.Make(0, 6, 0, 8, 1, 1);
        var anothers = scene.Make(1, 7, 0, 8, 1, 1);
        scene.Book.Break(5);
        Assert.Equal(RegionRefusal.NoSuchRegion, scene.CheckRead(0, inFive, 0, 1));
        scene.Book.RemoveOf(0);
        Assert.False(scene.Book.HasRegion(6));
        Assert.Equal(RegionRefusal.None, scene.CheckRead(1, anothers, 0, 1));
    }

    [Fact]
    public void Nobody_reads_the_neighbours_part_of_a_page()
    {
        var scene = Neighbours();
        Assert.Equal(RegionRefusal.NotOpened, scene.CheckRead(2, scene.Victims, 0, 4));
    }

    [Fact]
    public void Without_the_guard_of_capabilities_the_neighbours_part_is_read()
    {
        var scene = Neighbours(RegionGuards.Capability);
        Assert.Equal(RegionRefusal.None, scene.CheckRead(2, scene.Victims, 0, 4));
        Assert.Equal([1, 2, 3, 4], scene.Scene.Read(scene.Victims, 0, 4));
    }

    [Fact]
    public void Whatever_is_made_and_ended_no_byte_is_in_two_regions() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 40], Gen.Int[1, 20]).Array[1, 80]
            .Sample(steps =>
            {
                var scene = new RegionScene().Give(0, 1, 0, 1, 2).Give(1, 1, 0, 1, 2);
                var live = new List<(RegionId Id, long From, long To)>();
                foreach (var (kind, frame, offset, length) in steps)
                {
                    var range = new RegionRange(frame, offset, length);
                    if (kind == 3 && live.Count > 0)
                    {
                        scene.Book.Remove(live[0].Id);
                        live.RemoveAt(0);
                    }
                    else if (scene.Book.CheckCreate(kind % 2, 1, range) == RegionRefusal.None)
                    {
                        var from = (frame * 4096L) + offset;
                        Assert.DoesNotContain(
                            live, one => one.From < from + length && from < one.To);
                        live.Add((scene.Book.Create(kind % 2, range, 1, 1), from, from + length));
                    }

                    Assert.Equal(live.Count, scene.Book.Count);
                    Assert.All(live, one => Assert.Equal(
                        RegionRefusal.None,
                        scene.CheckRead(0, one.Id, 0, (int)(one.To - one.From))));
                }
            });

    private static NeighbourScene Neighbours(params Actors.Faults.Guard[] guardsOff)
    {
        var scene = new RegionScene(guardsOff).Give(0, 1, 5).Give(1, 3).Give(2, 7);
        var victims = scene.Make(0, 5, 0, 4, reader: 3, writer: 3);
        scene.Make(0, 5, 4, 4, reader: 7, writer: 7);
        scene.Book.Write(victims, 0, [1, 2, 3, 4]);
        return new NeighbourScene(scene, victims);
    }

    private sealed record NeighbourScene(RegionScene Scene, RegionId Victims)
    {
        public RegionRefusal CheckRead(int environment, RegionId id, int offset, int length) =>
            Scene.CheckRead(environment, id, offset, length);
    }
}
