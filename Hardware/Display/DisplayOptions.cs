using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Display;

/// <summary>How a display is made.</summary>
public sealed record DisplayOptions
{
    /// <summary>Most pixels of a row, and most rows.</summary>
    public const int MostPixelsAcross = 4_096;

    /// <summary>Most pixels of a screen, 2 Mi: 8 MiB for each aperture.</summary>
    public const int MostPixels = 1 << 21;

    /// <summary>Name of the device in its machine, the last part of its address.</summary>
    public string Name { get; init; } = "display";

    /// <summary>Pixels of a row.</summary>
    public int Width { get; init; } = 640;

    /// <summary>Rows.</summary>
    public int Height { get; init; } = 480;

    /// <summary>
    /// Its routing id: on a bus behind those that the functions of a network card may take.
    /// </summary>
    public FunctionId Function { get; init; } = FunctionId.Of(0x20, 0, 0);
}
