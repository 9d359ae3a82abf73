namespace Disguise.Hardware.Display;

/// <summary>A rectangle of pixels of a screen, from its upper left corner.</summary>
/// <param name="X">Pixels to the left of it.</param>
/// <param name="Y">Rows above it.</param>
/// <param name="Width">Pixels in each of its rows.</param>
/// <param name="Height">Its rows.</param>
public readonly record struct PixelRectangle(int X, int Y, int Width, int Height)
{
    /// <summary>How many pixels it has.</summary>
    public long Area => (long)Width * Height;

    /// <summary>Whether it has pixels, and all are on a screen.</summary>
    public bool IsOn(int screenWidth, int screenHeight) =>
        X >= 0 && Y >= 0 && Width > 0 && Height > 0
        && X <= screenWidth - Width && Y <= screenHeight - Height;

    /// <summary>Whether a pixel is in it.</summary>
    public bool Contains(int x, int y) =>
        x >= X && y >= Y && x - X < Width && y - Y < Height;

    /// <summary>Whether any pixel is in both.</summary>
    public bool Overlaps(in PixelRectangle other) =>
        X < other.X + other.Width && other.X < X + Width
        && Y < other.Y + other.Height && other.Y < Y + Height;

    /// <summary>As X11 writes a geometry: <c>64x48+0+48</c>.</summary>
    public override string ToString() => $"{Width}x{Height}+{X}+{Y}";
}
