using Disguise.Hardware.Display;

namespace Disguise.Kernels.Resources;

/// <summary>
/// Which rectangles of a screen are whose: no two have a pixel in common. Windows are numbered
/// like the tags of a display, from 1; a number that was given back is used again last.
/// </summary>
public sealed class ScreenWindows
{
    private const int NoOwner = -1;

    private readonly int width;
    private readonly int height;
    private readonly (int Owner, PixelRectangle Rectangle)[] windows;
    private readonly Queue<int> free = new();

    /// <summary>A screen without windows.</summary>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="limit">Most windows.</param>
    public ScreenWindows(int width, int height, int limit)
    {
        (this.width, this.height) = (width, height);
        windows = new (int, PixelRectangle)[limit + 1];
        Array.Fill(windows, (NoOwner, default));
        for (var number = 1; number <= limit; number++)
            free.Enqueue(number);
    }

    /// <summary>Pixels of a row.</summary>
    public int Width => width;

    /// <summary>Highest number that a window can have.</summary>
    public int Limit => windows.Length - 1;

    /// <summary>Windows that there are.</summary>
    public int Count => Limit - free.Count;

    /// <summary>Whether a rectangle can become a window.</summary>
    public WindowRefusal Check(in PixelRectangle rectangle)
    {
        if (!rectangle.IsOn(width, height))
            return WindowRefusal.OutsideScreen;
        for (var number = 1; number <= Limit; number++)
        {
            if (IsThere(number) && windows[number].Rectangle.Overlaps(rectangle))
                return WindowRefusal.Overlaps;
        }

        return free.Count == 0 ? WindowRefusal.NoneLeft : WindowRefusal.None;
    }

    /// <summary>Makes a window of a rectangle that was checked; its number.</summary>
    public int Add(int owner, in PixelRectangle rectangle)
    {
        if (owner < 0 || Check(rectangle) != WindowRefusal.None)
            throw new InvalidOperationException($"no window of {rectangle} for {owner}");
        var number = free.Dequeue();
        windows[number] = (owner, rectangle);
        return number;
    }

    /// <summary>Whether there is a window with a number.</summary>
    public bool IsThere(long number) =>
        number > 0 && number <= Limit && windows[number].Owner != NoOwner;

    /// <summary>Whose a window is that is there.</summary>
    public int OwnerOf(int number) => windows[number].Owner;

    /// <summary>Where a window is that is there.</summary>
    public PixelRectangle RectangleOf(int number) => windows[number].Rectangle;

    /// <summary>Gives a window that is there to another owner.</summary>
    public void Pass(int number, int owner) =>
        windows[number] = (owner, windows[number].Rectangle);

    /// <summary>A window is nobody's any more.</summary>
    public void Remove(int number)
    {
        if (!IsThere(number))
            throw new InvalidOperationException($"no window {number}");
        windows[number] = (NoOwner, default);
        free.Enqueue(number);
    }

    /// <summary>The windows of an owner, in the order of their numbers.</summary>
    public IEnumerable<int> WindowsOf(int owner) =>
        Enumerable.Range(1, Limit).Where(number => windows[number].Owner == owner);
}
