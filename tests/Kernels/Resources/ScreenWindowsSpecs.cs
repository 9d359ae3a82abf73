using Disguise.Actors.Randomness;
using Disguise.Hardware.Display;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Tests.Resources;

/// <summary>Whose which rectangle of a screen is.</summary>
public class ScreenWindowsSpecs
{
    private const int Width = 40;
    private const int Height = 30;
    private const int Limit = 6;

    [Fact]
    public void Windows_touch_but_do_not_overlap()
    {
        var windows = new ScreenWindows(Width, Height, Limit);
        windows.Add(0, new PixelRectangle(0, 0, 10, 10));

        Assert.Equal(WindowRefusal.None, windows.Check(new PixelRectangle(10, 0, 10, 10)));
        Assert.Equal(WindowRefusal.Overlaps, windows.Check(new PixelRectangle(9, 9, 10, 10)));
        Assert.Equal(WindowRefusal.Overlaps, windows.Check(new PixelRectangle(2, 2, 1, 1)));
    }

    [Fact]
    public void A_rectangle_that_is_not_all_on_the_screen_is_refused()
    {
        var windows = new ScreenWindows(Width, Height, Limit);

        Assert.Equal(
            WindowRefusal.OutsideScreen, windows.Check(new PixelRectangle(31, 0, 10, 10)));
        Assert.Equal(
            WindowRefusal.OutsideScreen,
            windows.Check(new PixelRectangle(int.MaxValue, 0, int.MaxValue, 1)));
        Assert.Equal(WindowRefusal.OutsideScreen, windows.Check(new PixelRectangle(0, 0, 0, 1)));
    }

    [Fact]
    public void There_are_as_many_windows_as_tags_and_a_number_is_used_again_last()
    {
        var windows = new ScreenWindows(Width, Height, 2);
        var first = windows.Add(0, new PixelRectangle(0, 0, 1, 1));
        var second = windows.Add(0, new PixelRectangle(1, 0, 1, 1));
        var wanted = new PixelRectangle(2, 0, 1, 1);
        Assert.Equal(WindowRefusal.NoneLeft, windows.Check(wanted));

        windows.Remove(second);
        windows.Remove(first);

        Assert.Equal(second, windows.Add(1, wanted));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void No_pixel_is_ever_in_two_windows(ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var windows = new ScreenWindows(Width, Height, Limit);
        var refusals = 0;
        for (var step = 0; step < 5_000; step++)
        {
            var number = (int)random.Below(Limit) + 1;
            if (random.Below(3) == 0 && windows.IsThere(number))
                windows.Remove(number);
            var rectangle = new PixelRectangle(
                (int)random.Below(Width), (int)random.Below(Height),
                (int)random.Below(12), (int)random.Below(12));
            if (windows.Check(rectangle) == WindowRefusal.None)
                windows.Add((int)random.Below(3), rectangle);
            else
                refusals++;
            Check(windows);
        }

        Assert.InRange(refusals, 100, 4_900);
    }

    private static void Check(ScreenWindows windows)
    {
        var covered = new bool[Width, Height];
        var owned = Enumerable.Range(0, 3).SelectMany(windows.WindowsOf).ToArray();
        Assert.Equal(windows.Count, owned.Length);
        foreach (var rectangle in owned.Select(windows.RectangleOf))
        {
            for (var x = rectangle.X; x < rectangle.X + rectangle.Width; x++)
            {
                for (var y = rectangle.Y; y < rectangle.Y + rectangle.Height; y++)
                {
                    Assert.False(covered[x, y]);
                    covered[x, y] = true;
                }
            }
        }
    }
}
