using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Regions;

namespace Disguise.Kernels.Tests.Exokernel.Regions;

public class CriticalSectionsSpecs
{
    private const long Area = 0x5010;
    private const long Bound = 1_000;

    private readonly PhysicalMemory memory = new(1 << 20);

    [Fact]
    public void Outside_a_section_everything_is_delivered_at_once()
    {
        var sections = Sections();
        Assert.True(sections.Raise(3, SoftwareInterrupts.SliceEnd, 10));
        Assert.True(sections.Raise(77, SoftwareInterrupts.SliceEnd, 10));
        Assert.Equal(Picoseconds.Never, sections.DeadlineOf(3));
        Assert.Equal(Picoseconds.Never, sections.DeadlineOf(77));
    }

    [Fact]
    public void Inside_it_is_held_back_until_the_environment_leaves()
    {
        var sections = Sections();
        memory.WriteUInt32(Area, 1);
        Assert.False(sections.Raise(3, SoftwareInterrupts.SliceEnd, 10));
        Assert.False(sections.Raise(3, SoftwareInterrupts.Revocation, 500));
        Assert.Equal(1_010, sections.DeadlineOf(3));

        memory.WriteUInt32(Area, 0);
        Assert.Equal(5u, memory.ReadUInt32(Area + 4));
        Assert.Equal(
            SoftwareInterrupts.SliceEnd | SoftwareInterrupts.Revocation, sections.Take(3));
        Assert.Equal(0u, memory.ReadUInt32(Area + 4));
        Assert.Equal(SoftwareInterrupts.None, sections.Take(3));
        Assert.Equal(SoftwareInterrupts.None, sections.Expire(3, 1_010));
    }

    [Fact]
    public void After_the_bound_it_is_delivered_all_the_same_and_the_section_is_broken()
    {
        var sections = Sections();
        memory.WriteUInt32(Area, 1);
        sections.Raise(3, SoftwareInterrupts.SliceEnd, 10);
        Assert.Equal(SoftwareInterrupts.None, sections.Expire(3, 1_009));
        Assert.Equal(SoftwareInterrupts.SliceEnd, sections.Expire(3, 1_010));
        Assert.Equal((0u, 1u), (memory.ReadUInt32(Area), memory.ReadUInt32(Area + 8)));
        Assert.True(sections.Raise(3, SoftwareInterrupts.SliceEnd, 1_020));
    }

    [Fact]
    public void Writing_the_words_does_not_hide_what_is_held_back_nor_move_the_bound()
    {
        var sections = Sections();
        memory.WriteUInt32(Area, 1);
        sections.Raise(3, SoftwareInterrupts.SliceEnd, 10);
        memory.WriteUInt32(Area + 4, 0);
        memory.WriteUInt32(Area, 2);
        sections.Raise(3, SoftwareInterrupts.Revocation, 900);
        Assert.Equal(
            SoftwareInterrupts.SliceEnd | SoftwareInterrupts.Revocation, sections.Expire(3, 1_010));
    }

    [Fact]
    public void Without_the_guard_of_the_bound_an_environment_is_never_interrupted_again()
    {
        var sections = Sections(RegionGuards.Bound);
        memory.WriteUInt32(Area, 1);
        Assert.False(sections.Raise(3, SoftwareInterrupts.SliceEnd, 10));
        Assert.Equal(Picoseconds.Never, sections.DeadlineOf(3));
        Assert.Equal(SoftwareInterrupts.None, sections.Expire(3, Picoseconds.PerSecond));
    }

    [Fact]
    public void The_kernel_writes_no_area_in_a_frame_that_changed_hands()
    {
        var sections = Sections();
        memory.WriteUInt32(Area, 1);
        sections.Raise(3, SoftwareInterrupts.SliceEnd, 10);
        Assert.False(sections.TryBreak(4, out _, out _));
        Assert.True(sections.TryBreak(5, out var environment, out var held));
        Assert.Equal((3, SoftwareInterrupts.SliceEnd), (environment, held));
        Assert.False(sections.TryBreak(5, out _, out _));

        memory.WriteUInt32(Area + 4, 0xABCD);
        Assert.True(sections.Raise(3, SoftwareInterrupts.Revocation, 20));
        Assert.Equal(SoftwareInterrupts.None, sections.Take(3));
        Assert.Equal(0xABCDu, memory.ReadUInt32(Area + 4));
    }

    [Fact]
    public void An_area_lies_in_one_frame()
    {
        var sections = Sections();
        Assert.Throws<InvalidOperationException>(() => sections.Register(4, 0x5FF8));
        Assert.Throws<InvalidOperationException>(() => sections.Register(4, 0x5002));
        Assert.Throws<InvalidOperationException>(() => sections.Register(4, 1 << 20));
        sections.Register(4, 0x5FF4);
    }

    private CriticalSections Sections(params Guard[] guardsOff)
    {
        var sections = new CriticalSections(memory, Bound, Guards.AllBut(guardsOff));
        sections.Register(3, Area);
        return sections;
    }
}
