namespace Disguise.Hardware.Memory;

/// <summary>
/// The unit in which physical memory is owned and mapped: 4 KiB (Intel SDM volume 3, section 4.3).
/// </summary>
public static class Frame
{
    /// <summary>Bytes in a frame and in a small page.</summary>
    public const int SizeBytes = 4096;

    /// <summary>Power of two of <see cref="SizeBytes"/>.</summary>
    public const int Shift = 12;

    /// <summary>Frames under one large page of 2 MiB.</summary>
    public const int PerLargePage = 512;

    /// <summary>Number of the frame in which a physical address lies.</summary>
    public static long NumberOf(long physicalAddress) => physicalAddress >> Shift;

    /// <summary>Physical address of a frame's first byte.</summary>
    public static long AddressOf(long frameNumber) => frameNumber << Shift;
}
