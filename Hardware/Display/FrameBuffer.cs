using Disguise.Actors.Faults;

namespace Disguise.Hardware.Display;

/// <summary>
/// Pixels, each with an ownership tag that is compared with the accessing aperture's when the
/// access takes place: the hardware that lets a kernel bind a part of the screen once and then stay
/// out of the way (Engler et al., SOSP 1995, section 3.2, of Silicon Graphics' frame buffers). What
/// gets a tag is black from then on, and so is what loses it: nobody sees what another has drawn.
/// </summary>
public sealed class FrameBuffer
{
    private readonly uint[] pixels;
    private readonly byte[] tags;
    private readonly PixelRectangle[] rectangles =
        new PixelRectangle[DisplayRegisters.TagCount];
    private readonly long[] refused = new long[DisplayRegisters.TagCount];
    private readonly bool comparesTags;

    /// <summary>A black screen that is nobody's.</summary>
    public FrameBuffer(int width, int height, Guards guards)
    {
        var isPossible = width is > 0 and <= DisplayOptions.MostPixelsAcross
            && height is > 0 and <= DisplayOptions.MostPixelsAcross
            && width * height <= DisplayOptions.MostPixels;
        if (!isPossible)
            throw new InvalidOperationException($"no display has {width} x {height} pixels");
        (Width, Height) = (width, height);
        pixels = new uint[width * height];
        tags = new byte[pixels.Length];
        comparesTags = guards.IsOn(DisplayGuards.OwnershipTag);
    }

    /// <summary>Pixels of a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Pixels written since the start.</summary>
    public long WriteCount { get; private set; }

    /// <summary>Pixels read.</summary>
    public long ReadCount { get; private set; }

    /// <summary>Accesses to pixels of another tag, or to none; each moved nothing.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>How many of these came through an aperture.</summary>
    public long RefusedOf(int tag) => refused[tag];

    /// <summary>What is to be seen at a place of the screen.</summary>
    public uint PixelAt(int x, int y) => pixels[IndexOf(x, y)];

    /// <summary>The tag of a pixel of the screen.</summary>
    public int TagAt(int x, int y) => tags[IndexOf(x, y)];

    /// <summary>
    /// Writes a pixel, by its number from the first of the first row, through the aperture of a
    /// tag. False, and nothing changes, when it is another's.
    /// </summary>
    public bool TryWrite(int tag, long pixel, uint value)
    {
        if (!MayAccess(tag, pixel))
            return false;
        pixels[pixel] = value;
        WriteCount++;
        return true;
    }

    /// <summary>Reads a pixel likewise; zero when it is another's.</summary>
    public bool TryRead(int tag, long pixel, out uint value)
    {
        value = 0;
        if (!MayAccess(tag, pixel))
            return false;
        value = pixels[pixel];
        ReadCount++;
        return true;
    }

    /// <summary>
    /// Gives a rectangle a tag, and takes it from all other pixels. A rectangle that is not on the
    /// screen leaves the tag without any.
    /// </summary>
    public void Assign(int tag, in PixelRectangle rectangle)
    {
        CheckTag(tag);
        var before = rectangles[tag];
        rectangles[tag] = rectangle.IsOn(Width, Height) ? rectangle : default;
        Clear(before, tag, rectangles[tag]);
        Fill(rectangles[tag], tag);
    }

    /// <summary>Takes a tag from all pixels that have it.</summary>
    public void Release(int tag)
    {
        CheckTag(tag);
        Clear(rectangles[tag], tag, default);
        rectangles[tag] = default;
    }

    /// <summary>All pixels black, all tags nobody's, as after power-on.</summary>
    public void Reset()
    {
        Array.Clear(pixels);
        Array.Clear(tags);
        Array.Clear(rectangles);
    }

    private static void CheckTag(int tag)
    {
        if (tag is <= DisplayRegisters.Nobody or >= DisplayRegisters.TagCount)
            throw new InvalidOperationException($"no tag {tag}");
    }

    private bool MayAccess(int tag, long pixel)
    {
        if ((ulong)pixel < (ulong)pixels.Length && (tags[pixel] == tag || !comparesTags))
            return true;
        refused[tag]++;
        RefusedCount++;
        return false;
    }

    /// <summary>Takes a tag from the pixels of a rectangle, but for those of a second.</summary>
    private void Clear(in PixelRectangle rectangle, int tag, in PixelRectangle kept)
    {
        for (var y = rectangle.Y; y < rectangle.Y + rectangle.Height; y++)
        {
            for (var x = rectangle.X; x < rectangle.X + rectangle.Width; x++)
            {
                var index = IndexOf(x, y);
                if (tags[index] != tag || kept.Contains(x, y))
                    continue;
                tags[index] = DisplayRegisters.Nobody;
                pixels[index] = 0;
            }
        }
    }

    private void Fill(in PixelRectangle rectangle, int tag)
    {
        for (var y = rectangle.Y; y < rectangle.Y + rectangle.Height; y++)
        {
            var row = IndexOf(rectangle.X, y);
            for (var index = row; index < row + rectangle.Width; index++)
            {
                if (tags[index] == tag)
                    continue;
                tags[index] = (byte)tag;
                pixels[index] = 0;
            }
        }
    }

    private int IndexOf(int x, int y) => (y * Width) + x;
}
