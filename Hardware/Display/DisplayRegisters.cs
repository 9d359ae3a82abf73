using Disguise.Hardware.Memory;

namespace Disguise.Hardware.Display;

/// <summary>
/// Where what stands behind the display's BAR: in place of an aperture for tag 0, which is
/// nobody's, the kernel's registers; behind them an aperture on the whole screen for each tag, row
/// by row, 32 bits a pixel.
/// </summary>
public static class DisplayRegisters
{
    /// <summary>Tags, with the one that is nobody's.</summary>
    public const int TagCount = 64;

    /// <summary>The tag of pixels that nobody may draw.</summary>
    public const int Nobody = 0;

    /// <summary>Width and height of the screen, to be read: 16 bits each, width below.</summary>
    public const int ScreenSize = 0;

    /// <summary>Bytes of a pixel.</summary>
    public const int PixelBytes = sizeof(uint);

    /// <summary>Written to a tag's control register: its rectangle gets the tag.</summary>
    public const uint Assign = 1;

    /// <summary>Written there: no pixel has the tag any more.</summary>
    public const uint Release = 0;

    private const int BlockBytes = 16;

    /// <summary>Upper left corner of a tag's rectangle: 16 bits each, the column below.</summary>
    public static int PositionOf(int tag) => tag * BlockBytes;

    /// <summary>Width and height of a tag's rectangle: 16 bits each, width below.</summary>
    public static int SizeOf(int tag) => (tag * BlockBytes) + 4;

    /// <summary><see cref="Assign"/> or <see cref="Release"/>.</summary>
    public static int ControlOf(int tag) => (tag * BlockBytes) + 8;

    /// <summary>Two numbers in one register.</summary>
    public static uint Pair(int low, int high) => (uint)low | ((uint)high << 16);

    /// <summary>Bytes of an aperture: a power of two, at least a page.</summary>
    public static long ApertureBytes(int width, int height)
    {
        var bytes = (long)Frame.SizeBytes;
        while (bytes < (long)width * height * PixelBytes)
            bytes *= 2;
        return bytes;
    }

    /// <summary>Offset of a pixel in its aperture.</summary>
    public static long OffsetOf(int width, int x, int y) =>
        (((long)y * width) + x) * PixelBytes;
}
