using CsCheck;
using Disguise.Hardware.Memory;
using Xunit;

namespace Disguise.Hardware.Tests.Memory;

public class FrameAllocatorSpecs
{
    private static readonly OwnerId Alice = new(1);
    private static readonly OwnerId Bob = new(2);

    [Fact]
    public void The_lowest_free_frame_is_taken_first()
    {
        var frames = new FrameAllocator(100, 10);
        for (var count = 0; count < 5; count++) Assert.True(frames.TryAllocate(Alice, out _));
        frames.Free(Alice, 101);
        frames.Free(Alice, 103);

        Assert.True(frames.TryAllocate(Bob, out var first));
        Assert.True(frames.TryAllocate(Bob, out var second));
        Assert.True(frames.TryAllocate(Bob, out var third));

        Assert.Equal([101L, 103L, 105L], [first, second, third]);
    }

    [Fact]
    public void Frames_in_a_row_skip_gaps_that_are_too_small()
    {
        var frames = new FrameAllocator(0, 20);
        frames.TryAllocate(Alice, out _, 6);
        frames.Free(Alice, 1, 2);

        Assert.True(frames.TryAllocate(Bob, out var first, 3));
        Assert.True(frames.TryAllocate(Bob, out var aligned, 4, 4));

        Assert.Equal(6, first);
        Assert.Equal(12, aligned);
        Assert.Equal(20 - 4 - 3 - 4, frames.FreeFrameCount);
    }

    [Fact]
    public void A_full_range_gives_nothing()
    {
        var frames = new FrameAllocator(5, 3);
        Assert.False(frames.TryAllocate(Alice, out var none, 4));
        Assert.True(frames.TryAllocate(Alice, out _, 3));

        Assert.False(frames.TryAllocate(Bob, out none));

        Assert.Equal(-1, none);
    }

    [Fact]
    public void Double_and_foreign_frees_throw_and_change_nothing()
    {
        var frames = new FrameAllocator(0, 10);
        frames.TryAllocate(Alice, out _, 4);
        frames.TryAllocate(Bob, out _, 2);
        frames.Free(Alice, 3);

        Assert.Throws<InvalidOperationException>(() => frames.Free(Alice, 3));
        Assert.Throws<InvalidOperationException>(() => frames.Free(Alice, 4));
        Assert.Throws<InvalidOperationException>(() => frames.Free(Alice, 2, 2));
        Assert.Throws<InvalidOperationException>(() => frames.Free(Alice, -1));
        Assert.Throws<InvalidOperationException>(() => frames.Free(Alice, 10));
        Assert.Throws<InvalidOperationException>(() => frames.Transfer(Bob, Alice, 0));

        Assert.Equal(
            [new FrameExtent(Alice, 0, 3), new FrameExtent(Bob, 4, 2)], frames.Extents);
    }

    [Fact]
    public void A_whole_machine_owned_by_one_is_one_extent()
    {
        var frames = new FrameAllocator(0, 1 << 20);
        for (var count = 0; count < 1 << 20; count++) frames.TryAllocate(Alice, out _);

        Assert.Equal([new FrameExtent(Alice, 0, 1 << 20)], frames.Extents);
        Assert.False(frames.TryAllocate(Alice, out _));
    }

    [Fact]
    public void Any_sequence_agrees_with_an_array_of_owners()
    {
        const int Size = 60;
        var operation = Gen.Select(
            Gen.Int[0, 3], Gen.Int[1, 3], Gen.Int[0, Size - 1], Gen.Int[1, 7], Gen.Int[1, 4]);
        operation.Array[1, 200].Sample(
            operations =>
            {
                var frames = new FrameAllocator(7, Size);
                var owners = new int[Size];
                foreach (var (kind, owner, at, count, alignment) in operations)
                {
                    Apply(frames, owners, kind, owner, at, count, alignment);
                    Check(frames, owners);
                }
            },
            iter: 2000);
    }

    private static void Apply(
        FrameAllocator frames, int[] owners, int kind, int owner, int at, int count, int alignment)
    {
        if (kind <= 1)
        {
            var expected = Enumerable.Range(0, owners.Length).FirstOrDefault(
                start => start + count <= owners.Length && (start + 7) % alignment == 0
                    && owners.AsSpan(start, count).IndexOfAnyExcept(0) < 0,
                -1);
            var done = frames.TryAllocate(new OwnerId(owner), out var first, count, alignment);
            Assert.Equal(expected >= 0, done);
            Assert.Equal(expected >= 0 ? expected + 7 : -1, first);
            if (done) owners.AsSpan(expected, count).Fill(owner);
            return;
        }
        var isOwned = at + count <= owners.Length
            && owners.AsSpan(at, count).IndexOfAnyExcept(owner) < 0;
        var next = kind == 2 ? 0 : (owner % 3) + 1;
        void Act()
        {
            if (kind == 2) frames.Free(new OwnerId(owner), at + 7, count);
            else frames.Transfer(new OwnerId(owner), new OwnerId(next), at + 7, count);
        }
        if (!isOwned)
        {
            Assert.Throws<InvalidOperationException>(Act);
            return;
        }
        Act();
        owners.AsSpan(at, count).Fill(next);
    }

    private static void Check(FrameAllocator frames, int[] owners)
    {
        var listed = new int[owners.Length];
        var previous = new FrameExtent(default, 0, 0);
        foreach (var extent in frames.Extents)
        {
            Assert.True(extent.FirstFrame > previous.EndFrame
                || (extent.FirstFrame == previous.EndFrame && extent.Owner != previous.Owner));
            listed.AsSpan((int)extent.FirstFrame - 7, (int)extent.FrameCount)
                .Fill(extent.Owner.Value);
            previous = extent;
        }
        Assert.Equal(owners, listed);
        Assert.Equal(owners.Count(owner => owner == 0), frames.FreeFrameCount);
        for (var at = 0; at < owners.Length; at++)
        {
            Assert.Equal(owners[at] != 0, frames.TryGetOwner(at + 7, out var owner));
            Assert.Equal(owners[at], owner.Value);
        }
    }
}
