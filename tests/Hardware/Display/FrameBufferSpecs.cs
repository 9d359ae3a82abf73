using Disguise.Actors.Faults;
using Disguise.Actors.Randomness;
using Disguise.Hardware.Display;

namespace Disguise.Hardware.Tests.Display;

/// <summary>Pixels and their tags.</summary>
public class FrameBufferSpecs
{
    private const int Width = 24;
    private const int Height = 16;

    [Fact]
    public void A_pixel_is_written_through_the_aperture_of_its_tag()
    {
        var screen = Screen();
        screen.Assign(3, new PixelRectangle(4, 2, 8, 8));

        Assert.True(screen.TryWrite(3, PixelOf(4, 2), 0xFF00FF));
        Assert.True(screen.TryRead(3, PixelOf(4, 2), out var seen));

        Assert.Equal(0xFF00FFu, seen);
        Assert.Equal(0xFF00FFu, screen.PixelAt(4, 2));
        Assert.Equal((1, 1, 0), (screen.WriteCount, screen.ReadCount, screen.RefusedCount));
    }

    [Fact]
    public void A_pixel_of_another_tag_is_not_written_and_reads_as_zero()
    {
        var screen = Neighbours();
        screen.TryWrite(2, PixelOf(8, 0), 7);

        Assert.False(screen.TryWrite(1, PixelOf(8, 0), 9));
        Assert.False(screen.TryRead(1, PixelOf(8, 0), out var seen));

        Assert.Equal(0u, seen);
        Assert.Equal(7u, screen.PixelAt(8, 0));
        Assert.Equal((2, 0), (screen.RefusedOf(1), screen.RefusedOf(2)));
    }

    [Fact]
    public void Without_the_comparison_of_tags_a_neighbour_is_drawn_over_and_read()
    {
        var screen = Neighbours(DisplayGuards.OwnershipTag);
        screen.TryWrite(2, PixelOf(8, 0), 7);

        Assert.True(screen.TryRead(1, PixelOf(8, 0), out var seen));
        Assert.True(screen.TryWrite(1, PixelOf(8, 0), 9));

        Assert.Equal(7u, seen);
        Assert.Equal(9u, screen.PixelAt(8, 0));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Width * Height)]
    [InlineData(long.MaxValue)]
    public void No_pixel_is_outside_of_the_screen(long pixel)
    {
        var screen = Screen();

        Assert.False(screen.TryWrite(1, pixel, 1));
        Assert.Equal(1, screen.RefusedOf(1));
    }

    [Theory]
    [InlineData(-1, 0, 4, 4)]
    [InlineData(0, 0, Width + 1, 1)]
    [InlineData(Width - 3, 0, 4, 4)]
    [InlineData(0, Height - 3, 4, 4)]
    [InlineData(0, 0, 0, 4)]
    [InlineData(int.MaxValue, 0, int.MaxValue, 1)]
    public void A_rectangle_that_is_not_on_the_screen_gets_no_tag(int x, int y, int w, int h)
    {
        var screen = Screen();

        screen.Assign(1, new PixelRectangle(x, y, w, h));

        Assert.All(AllPixels(), at => Assert.Equal(0, screen.TagAt(at.X, at.Y)));
    }

    [Fact]
    public void What_changes_hands_is_black()
    {
        var screen = Neighbours();
        screen.TryWrite(1, PixelOf(0, 0), 5);
        screen.TryWrite(1, PixelOf(7, 3), 6);

        screen.Release(1);
        screen.Assign(3, new PixelRectangle(0, 0, 4, 4));

        Assert.Equal(0u, screen.PixelAt(0, 0));
        Assert.Equal(0u, screen.PixelAt(7, 3));
    }

    [Fact]
    public void A_tag_that_is_given_over_another_and_then_released_takes_only_its_own()
    {
        var screen = Neighbours();
        screen.Assign(3, new PixelRectangle(4, 0, 8, 4));
        screen.TryWrite(3, PixelOf(4, 0), 1);

        screen.Release(1);

        Assert.Equal(3, screen.TagAt(4, 0));
        Assert.Equal(1u, screen.PixelAt(4, 0));
        Assert.Equal(0, screen.TagAt(0, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void No_pixel_is_changed_by_any_but_its_owner(ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var screen = Screen();
        var model = new Model();
        for (var step = 0; step < 20_000; step++)
        {
            var tag = (int)random.Below(7) + 1;
            switch (random.Below(20))
            {
                case 0:
                    var rectangle = new PixelRectangle(
                        (int)random.Below(Width), (int)random.Below(Height),
                        (int)random.Below(10), (int)random.Below(10));
                    screen.Assign(tag, rectangle);
                    model.Assign(tag, rectangle);
                    break;
                case 1:
                    screen.Release(tag);
                    model.Release(tag);
                    break;
                default:
                    var (x, y) = ((int)random.Below(Width), (int)random.Below(Height));
                    var value = (uint)random.Next();
                    var isOwner = model.Tags[x, y] == tag;
                    Assert.Equal(isOwner, screen.TryWrite(tag, PixelOf(x, y), value));
                    if (isOwner)
                        model.Pixels[x, y] = value;
                    break;
            }

            if (step % 97 == 0)
                model.Check(screen);
        }

        model.Check(screen);
        Assert.True(screen.WriteCount > 100 && screen.RefusedCount > 100);
    }

    private static FrameBuffer Screen(params Guard[] off) =>
        new(Width, Height, Guards.AllBut(off));

    /// <summary>Tags 1 and 2 side by side, in the same rows.</summary>
    private static FrameBuffer Neighbours(params Guard[] off)
    {
        var screen = Screen(off);
        screen.Assign(1, new PixelRectangle(0, 0, 8, 4));
        screen.Assign(2, new PixelRectangle(8, 0, 8, 4));
        return screen;
    }

    private static long PixelOf(int x, int y) => (y * Width) + x;

    private static IEnumerable<(int X, int Y)> AllPixels() =>
        from y in Enumerable.Range(0, Height) from x in Enumerable.Range(0, Width) select (x, y);

    /// <summary>A screen that looks at every pixel for whatever is done.</summary>
    private sealed class Model
    {
        public uint[,] Pixels { get; } = new uint[Width, Height];

        public int[,] Tags { get; } = new int[Width, Height];

        public void Assign(int tag, PixelRectangle rectangle)
        {
            var isOn = rectangle.IsOn(Width, Height);
            foreach (var (x, y) in AllPixels())
            {
                var isIn = isOn && x >= rectangle.X && x < rectangle.X + rectangle.Width
                    && y >= rectangle.Y && y < rectangle.Y + rectangle.Height;
                if (isIn != (Tags[x, y] == tag))
                    Give(x, y, isIn ? tag : 0);
            }
        }

        public void Release(int tag)
        {
            foreach (var (x, y) in AllPixels().Where(at => Tags[at.X, at.Y] == tag))
                Give(x, y, 0);
        }

        public void Check(FrameBuffer screen)
        {
            foreach (var (x, y) in AllPixels())
            {
                Assert.Equal(Tags[x, y], screen.TagAt(x, y));
                Assert.Equal(Pixels[x, y], screen.PixelAt(x, y));
            }
        }

        private void Give(int x, int y, int tag) => (Tags[x, y], Pixels[x, y]) = (tag, 0);
    }
}
